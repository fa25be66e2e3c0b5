package com.example.clinic

import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.web.reactive.function.server.bodyValueAndAwait
import org.springframework.web.reactive.function.server.coRouter

@Configuration(proxyBeanMethods = false)
class AppointmentRoutes {

    @Bean
    fun routes(appointments: Appointments) = coRouter {
        POST("/organizations/{organizationId}/cancelled/{id}") { request ->
            ok().bodyValueAndAwait(appointments.cancel(request.pathVariable("id")))
        }
    }
}
