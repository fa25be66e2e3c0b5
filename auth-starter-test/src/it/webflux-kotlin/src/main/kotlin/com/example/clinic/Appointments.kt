package com.example.clinic

import dev.authstarter.RequiresPermission
import dev.authstarter.RequiresScope
import dev.authstarter.reactive.ReactiveOrganization
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.reactor.awaitSingle
import org.springframework.stereotype.Service

@Service
class Appointments(private val acting: ReactiveOrganization) {

    @RequiresPermission("cancel:appointments")
    suspend fun cancel(id: String): String {
        delay(1)
        return "$id of ${clinic()}"
    }

    @RequiresScope("export:appointments")
    fun all(): Flow<String> = flow {
        emit("a1 of ${clinic()}")
        delay(1)
        emit("a2 of ${clinic()}")
    }

    private suspend fun clinic() = acting.get().awaitSingle().id()
}
