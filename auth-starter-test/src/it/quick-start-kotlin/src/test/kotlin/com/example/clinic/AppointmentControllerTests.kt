package com.example.clinic

import dev.authstarter.Reason
import dev.authstarter.test.AutoConfigureForgedTokens
import dev.authstarter.test.RefusalAssertions.assertThatResponse
import dev.authstarter.test.TokenForge
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest
import org.springframework.context.annotation.Import
import org.springframework.test.web.servlet.assertj.MockMvcTester

@WebMvcTest(AppointmentController::class)
@Import(Appointments::class)
@AutoConfigureForgedTokens
class AppointmentControllerTests(@param:Autowired private val mvc: MockMvcTester, @Autowired forge: TokenForge) {

    private val editor = forge.token()
        .withScopes("read:appointments", "write:appointments")
        .withPermissions("cancel:appointments")
        .forOrganization("org_acme")

    @Test
    fun listsAppointmentsOfTheOrganization() {
        assertThatResponse(mvc.get().uri("/organizations/org_acme/appointments").with(editor)).isAllowed()
    }

    @Test
    fun refusesTokenOfAnotherOrganization() {
        val token = editor.forOrganization("org_globex")
        assertThatResponse(mvc.get().uri("/organizations/org_acme/appointments").with(token))
            .isRefusedWith(Reason.ORGANIZATION_MISMATCH)
    }
}
