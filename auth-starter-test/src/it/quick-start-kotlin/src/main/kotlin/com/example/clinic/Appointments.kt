package com.example.clinic

import dev.authstarter.Organization
import java.util.UUID
import java.util.concurrent.CopyOnWriteArrayList
import org.springframework.stereotype.Service

data class Appointment(val id: UUID, val organization: String, val patient: String)

@Service
class Appointments {

    private val all = CopyOnWriteArrayList(
        listOf(
            Appointment(UUID.randomUUID(), "org_acme", "Ada Lovelace"),
            Appointment(UUID.randomUUID(), "org_globex", "Grace Hopper"),
        ),
    )

    fun of(organization: Organization): List<Appointment> = all.filter { it.organization == organization.id }

    fun cancel(id: UUID, organization: Organization) {
        all.removeIf { it.id == id && it.organization == organization.id }
    }
}
