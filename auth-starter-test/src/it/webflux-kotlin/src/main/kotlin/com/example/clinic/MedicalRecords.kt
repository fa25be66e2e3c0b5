package com.example.clinic

import dev.authstarter.RequiresScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import org.springframework.security.access.prepost.PreAuthorize
import org.springframework.stereotype.Service

@Service
class MedicalRecords(private val appointments: Appointments) {

    @RequiresScope("export:appointments")
    suspend fun export(): Flow<String> {
        delay(1)
        return appointments.all()
    }

    @PreAuthorize("hasRole('doctor')")
    suspend fun diagnosis(): String {
        delay(1)
        return "influenza"
    }
}
