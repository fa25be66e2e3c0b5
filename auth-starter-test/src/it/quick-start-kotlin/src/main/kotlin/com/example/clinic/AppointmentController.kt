package com.example.clinic

import dev.authstarter.Organization
import dev.authstarter.RequiresPermission
import dev.authstarter.RequiresScope
import java.util.UUID
import org.springframework.http.HttpStatus
import org.springframework.web.bind.annotation.DeleteMapping
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.RequestMapping
import org.springframework.web.bind.annotation.ResponseStatus
import org.springframework.web.bind.annotation.RestController

@RestController
@RequestMapping("/organizations/{organizationId}/appointments")
class AppointmentController(private val appointments: Appointments) {

    @GetMapping
    @RequiresScope("read:appointments")
    fun list(organization: Organization): List<Appointment> = appointments.of(organization)

    @DeleteMapping("/{id}")
    @RequiresScope("write:appointments")
    @RequiresPermission("cancel:appointments")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    fun cancel(@PathVariable id: UUID, organization: Organization) = appointments.cancel(id, organization)
}
