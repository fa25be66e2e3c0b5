package com.example.clinic

import dev.authstarter.Reason
import dev.authstarter.test.AutoConfigureForgedTokens
import dev.authstarter.test.ForgedToken
import dev.authstarter.test.RefusalAssertions.assertThatResponse
import dev.authstarter.test.TokenForge
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.web.server.LocalServerPort
import org.springframework.http.HttpMethod
import org.springframework.test.web.reactive.server.WebTestClient
import org.springframework.web.reactive.function.client.WebClient
import org.springframework.web.reactive.function.client.bodyToMono

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureForgedTokens
class CoroutineTests(@Autowired forge: TokenForge, @LocalServerPort port: Int) {

    private val address = "http://localhost:$port"

    private val client = WebTestClient.bindToServer().baseUrl(address).build()

    private val reader = forge.token().withScopes("read:appointments", "write:appointments").forOrganization("org_acme")

    private val canceller = reader.withPermissions("cancel:appointments")

    private val callers = mapOf(
        "reader" to reader,
        "canceller" to canceller,
        "exporter" to reader.withScopes("read:appointments", "export:appointments"),
        "doctor" to reader.withRoles("doctor"),
        "outsider" to reader.withScopes("openid"),
    )

    @ParameterizedTest
    @CsvSource(
        "GET,    '',            reader,    Ada Lovelace at org_acme for forged-user",
        "DELETE, /a1,           canceller, a1 of org_acme",
        "DELETE, /a1/elsewhere, canceller, a1 of org_acme",
        "GET,    /all,          exporter,  a1 of org_acmea2 of org_acme",
        "GET,    /export,       exporter,  a1 of org_acmea2 of org_acme",
        "GET,    /diagnosis,    doctor,    influenza",
    )
    fun answersCallersWithTheRight(method: String, path: String, caller: String, body: String) {
        assertEquals(body, call(method, path, caller).expectBody(String::class.java).returnResult().responseBody)
    }

    @ParameterizedTest
    @CsvSource(
        "GET,    '',            outsider, INSUFFICIENT_SCOPE",
        "DELETE, /a1,           outsider, INSUFFICIENT_SCOPE",
        "DELETE, /a1,           reader,   INSUFFICIENT_PERMISSION",
        "DELETE, /a1/elsewhere, reader,   INSUFFICIENT_PERMISSION",
        "GET,    /all,          reader,   INSUFFICIENT_SCOPE",
        "GET,    /export,       reader,   INSUFFICIENT_SCOPE",
        "GET,    /diagnosis,    reader,   ACCESS_DENIED",
    )
    fun refusesCallersWithoutTheRight(method: String, path: String, caller: String, reason: String) {
        assertThatResponse(call(method, path, caller))
            .isRefusedWith(Reason::class.java.getField(reason).get(null) as Reason)
    }

    @Test
    fun rulesOfServicesApplyToCallsOfRoutes() {
        assertThatResponse(send(reader)).isRefusedWith(Reason.INSUFFICIENT_PERMISSION)
        assertThatResponse(send(canceller)).isAllowed()
    }

    private fun send(token: ForgedToken) =
        client.post().uri("/organizations/org_acme/cancelled/a1").headers(token).exchange()

    @Test
    fun callersOfTwoOrganizationsAreNotMixedUp() = runBlocking<Unit> {
        val web = WebClient.create(address)
        val tokens = listOf("org_acme", "org_globex").associateWith { canceller.forOrganization(it).value() }
        val answers = (1..20).map { caller ->
            async(Dispatchers.IO) {
                (1..50).map { number ->
                    val clinic = tokens.keys.elementAt((caller + number) % 2)
                    val answer = web.delete().uri("/organizations/$clinic/appointments/a1/elsewhere")
                        .headers { it.setBearerAuth(tokens.getValue(clinic)) }
                        .retrieve().bodyToMono<String>().awaitSingle()
                    clinic to answer
                }
            }
        }.awaitAll().flatten()
        assertEquals(1000, answers.size)
        answers.forEach { (clinic, answer) -> assertEquals("a1 of $clinic", answer) }
    }

    private fun call(method: String, path: String, caller: String) =
        client.method(HttpMethod.valueOf(method)).uri("/organizations/org_acme/appointments$path")
            .headers(callers.getValue(caller)).exchange()
}
