package com.example.clinic

import dev.authstarter.AccessToken
import dev.authstarter.Organization
import dev.authstarter.RequiresScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.withContext
import org.springframework.web.bind.annotation.DeleteMapping
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.RequestMapping
import org.springframework.web.bind.annotation.RestController

@RestController
@RequestMapping("/organizations/{organizationId}/appointments")
class AppointmentController(private val appointments: Appointments, private val records: MedicalRecords) {

    @GetMapping
    @RequiresScope("read:appointments")
    suspend fun list(organization: Organization, token: AccessToken): String {
        delay(1)
        return "Ada Lovelace at ${organization.id()} for ${token.subject()}"
    }

    @DeleteMapping("/{id}")
    @RequiresScope("write:appointments")
    suspend fun cancel(@PathVariable id: String) = appointments.cancel(id)

    @DeleteMapping("/{id}/elsewhere")
    @RequiresScope("write:appointments")
    suspend fun cancelElsewhere(@PathVariable id: String) =
        withContext(Dispatchers.Default) { appointments.cancel(id) }

    @GetMapping("/all")
    @RequiresScope("read:appointments")
    fun all(): Flow<String> = appointments.all()

    @GetMapping("/export")
    @RequiresScope("read:appointments")
    suspend fun export(): Flow<String> = records.export()

    @GetMapping("/diagnosis")
    @RequiresScope("read:appointments")
    suspend fun diagnosis() = records.diagnosis()
}
