package dev.authstarter;

import dev.authstarter.fixture.TestApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The messages of start-up failures for invalid configurations.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

	private static final String ISSUER = "--auth-starter.issuer=https://issuer.example/";

	private static final String AUDIENCE = "--auth-starter.audience=https://api.example";

	private static final String BOOT = "--spring.security.oauth2.resourceserver.jwt.";

	@Test
	void asksForAnIssuer(CapturedOutput output) {
		assertThat(start(output, AUDIENCE)).contains(
				"Description:\n\nNo issuer is configured: the property 'auth-starter.issuer' is missing. "
						+ "Every token must come from an issuer you trust.",
				"Action:\n\nSet 'auth-starter.issuer' to the issuer of your provider, exactly as the provider writes "
						+ "it, " + "for example 'https://acme.eu.auth0.com/'.");
	}

	@Test
	void asksForAnAudience(CapturedOutput output) {
		assertThat(start(output, ISSUER)).contains(
				"No audience is configured: the property 'auth-starter.audience' is missing. "
						+ "Without it, tokens that were issued for any other API would be accepted here.",
				"Set 'auth-starter.audience' to the identifier of this API at your provider");
	}

	@Test
	void asksForIssuerAndAudienceAtOnce(CapturedOutput output) {
		assertThat(start(output)).contains(
				"""
						Description:

						No issuer is configured: the property 'auth-starter.issuer' is missing. Every token must come from an issuer you trust.
						No audience is configured: the property 'auth-starter.audience' is missing. Without it, tokens that were issued for any other API would be accepted here.

						Action:

						Set 'auth-starter.issuer' to the issuer of your provider, exactly as the provider writes it, for example 'https://acme.eu.auth0.com/'.
						Set 'auth-starter.audience' to the identifier of this API at your provider, for example 'https://api.acme.example'.

						In application.yml:

						    auth-starter:
						      issuer: https://acme.eu.auth0.com/
						      audience: https://api.acme.example

						or in the environment:

						    AUTHSTARTER_ISSUER=https://acme.eu.auth0.com/
						    AUTHSTARTER_AUDIENCE=https://api.acme.example
						""");
	}

	@Test
	void asksForAllThatSeveralIssuersLack(CapturedOutput output) {
		assertThat(start(output, "--auth-starter.issuers.staff.provider=auth0",
				"--auth-starter.issuers.our-staff.issuer=https://staff.example/"))
			.contains("the property 'auth-starter.issuers.staff.issuer' is missing",
					"the property 'auth-starter.issuers.our-staff.audience' is missing", """
							    auth-starter:
							      issuers:
							        our-staff:
							          audience: https://api.acme.example
							        staff:
							          issuer: https://acme.eu.auth0.com/
							          audience: https://api.acme.example

							or in the environment:

							    AUTH_STARTER_ISSUERS_OUR_STAFF_AUDIENCE=https://api.acme.example
							    AUTHSTARTER_ISSUERS_STAFF_ISSUER=https://acme.eu.auth0.com/
							    AUTHSTARTER_ISSUERS_STAFF_AUDIENCE=https://api.acme.example
							""");
	}

	@Test
	void saysWhereARequiredPropertyIsSetToNothing(CapturedOutput output) {
		assertThat(start(output, ISSUER, "--auth-starter.audience="))
			.contains("'auth-starter.audience' is set to an empty value (originating from "
					+ "'\"auth-starter.audience\" from property source \"commandLineArgs\"').")
			.doesNotContain("'auth-starter.issuer' is set to an empty value");
	}

	@Test
	void refusesBlankAudience(CapturedOutput output) {
		assertThat(start(output, ISSUER, "--auth-starter.audience[0]= ")).contains("An audience must not be blank.");
	}

	@Test
	void refusesIssuerThatIsNoUrl(CapturedOutput output) {
		assertThat(start(output, AUDIENCE, "--auth-starter.issuer=acme.example")).contains(
				"Invalid value 'acme.example' for configuration property 'auth-starter.issuer' (originating from "
						+ "'\"auth-starter.issuer\" from property source \"commandLineArgs\"')",
				"It is not an absolute URL without query and fragment", "set 'auth-starter.jwks-uri', too.");
	}

	@Test
	void refusesIssuerOverHttp(CapturedOutput output) {
		assertThat(start(output, AUDIENCE, "--auth-starter.issuer=http://issuer.example")).contains(
				"Invalid value 'http://issuer.example' for configuration property 'auth-starter.issuer'",
				"Keys must be fetched over https. Plain http is allowed only for localhost and for the hosts in "
						+ "'auth-starter.http.plain-http-hosts'.");
	}

	@Test
	void refusesKeySetOverHttp(CapturedOutput output) {
		assertThat(start(output, AUDIENCE, ISSUER, "--auth-starter.jwks-uri=http://issuer.example/keys")).contains(
				"Invalid value 'http://issuer.example/keys' for configuration property 'auth-starter.jwks-uri'",
				"Keys must be fetched over https.");
	}

	@Test
	void refusesSkewOverFiveMinutes(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.clock-skew=301s")).contains(
				"Invalid value '301s' for configuration property 'auth-starter.clock-skew' (originating from "
						+ "'\"auth-starter.clock-skew\" from property source \"commandLineArgs\"')",
				"It must be between 0 seconds and 5 minutes: a larger skew keeps expired tokens alive.");
	}

	@Test
	void refusesNegativeSkew(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.clock-skew=-1s"))
			.contains("It must be between 0 seconds and 5 minutes");
	}

	@Test
	void suggestsTheNameOfAMisspeltProperty(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.clock-scew=1s")).contains(
				"The property 'auth-starter.clock-scew' (originating from "
						+ "'\"auth-starter.clock-scew\" from property source \"commandLineArgs\"') does not exist.",
				"Did you mean 'auth-starter.clock-skew'? Rename or remove 'auth-starter.clock-scew'.");
	}

	@Test
	void suggestsTheNameOfAMisspeltNestedProperty(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.keys.timeout=1s"))
			.contains("Did you mean 'auth-starter.keys.fetch-timeout'?");
	}

	@Test
	void suggestsTheNameOfAMisspeltPropertyOfAnIssuer(CapturedOutput output) {
		assertThat(start(output, "--auth-starter.issuers.staff.audiance=x"))
			.contains("Did you mean 'auth-starter.issuers.staff.audience'?");
	}

	@Test
	void suggestsTheNameOfAMisspeltPropertyOfRules(CapturedOutput output) {
		assertThat(
				start(output, ISSUER, AUDIENCE, "--auth-starter.rules[0].path=/a", "--auth-starter.rules[0].scope=a"))
			.contains("Did you mean 'auth-starter.rules[0].scopes'?");
	}

	@Test
	void refusesRuleOfPathThatNoRequestHas(CapturedOutput output) {
		assertThat(
				start(output, ISSUER, AUDIENCE, "--auth-starter.rules[0].path=a", "--auth-starter.rules[0].scopes=a"))
			.contains("Invalid value 'a' for configuration property 'auth-starter.rules[0].path' (originating from",
					"It must be a path pattern that starts with a slash");
	}

	@Test
	void refusesTwoDifferentIssuers(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, BOOT + "issuer-uri=https://other.example/")).contains(
				"Invalid value 'https://issuer.example/' for configuration property 'auth-starter.issuer'",
				"It differs from 'spring.security.oauth2.resourceserver.jwt.issuer-uri', which is "
						+ "'https://other.example/'. Remove one of the two.");
	}

	@Test
	void refusesTwoDifferentAudiences(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, BOOT + "audiences=https://other.example")).contains(
				"for configuration property 'auth-starter.audience'",
				"It differs from 'spring.security.oauth2.resourceserver.jwt.audiences', which is "
						+ "[https://other.example]. Remove one of the two.");
	}

	@Test
	void refusesOneIssuerBesideSeveral(CapturedOutput output) {
		assertThat(start(output, ISSUER, "--auth-starter.issuers.staff.issuer=https://staff.example/",
				"--auth-starter.issuers.staff.audience=https://api.example"))
			.contains("for configuration property 'auth-starter.issuers'", "It cannot be combined with "
					+ "'auth-starter.issuer'. Move that value to one of the issuers in the list.");
	}

	@Test
	void refusesTheSameIssuerTwice(CapturedOutput output) {
		assertThat(start(output, "--auth-starter.issuers.a.issuer=https://staff.example/",
				"--auth-starter.issuers.a.audience=one", "--auth-starter.issuers.b.issuer=https://staff.example/",
				"--auth-starter.issuers.b.audience=two"))
			.contains("is the same. Merge the two.");
	}

	@Test
	void asksForTheAudienceOfEveryIssuer(CapturedOutput output) {
		assertThat(start(output, "--auth-starter.issuers.staff.issuer=https://staff.example/"))
			.contains("the property 'auth-starter.issuers.staff.audience' is missing");
	}

	@Test
	void asksForTheNameOfEveryIssuer(CapturedOutput output) {
		assertThat(start(output, "--auth-starter.issuers.staff.audience=x"))
			.contains("the property 'auth-starter.issuers.staff.issuer' is missing");
	}

	@Test
	void refusesSymmetricAlgorithms(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.algorithms=RS256,HS256")).contains(
				"for configuration property 'auth-starter.algorithms'",
				"It may contain only [ES256, ES384, ES512, Ed25519, "
						+ "EdDSA, PS256, PS384, PS512, RS256, RS384, RS512].");
	}

	@Test
	void refusesOutageToleranceOverADay(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.keys.outage-tolerance=25h")).contains(
				"for configuration property 'auth-starter.keys.outage-tolerance'",
				"It must be positive and at most 24 hours.");
	}

	@Test
	void refusesOutageToleranceShorterThanTimeToLive(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.keys.outage-tolerance=1m"))
			.contains("It must not be shorter than 'auth-starter.keys.time-to-live'");
	}

	@Test
	void refusesOrganizationSourcesWithoutThePath(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.organization.sources=header,token")).contains(
				"for configuration property 'auth-starter.organization.sources'",
				"It must contain 'path', and each source once");
	}

	@Test
	void refusesSubdomainsWithoutBaseDomain(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.organization.sources=path,subdomain"))
			.contains("for configuration property 'auth-starter.organization.base-domain'", "set both or neither");
	}

	@Test
	void refusesBaseDomainThatIsNone(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.organization.sources=path,subdomain",
				"--auth-starter.organization.base-domain=.example.com"))
			.contains("It must be a domain such as 'api.example.com'");
	}

	@Test
	void suggestsTheNameOfAMisspeltPropertyOfOrganizations(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE, "--auth-starter.organization.hide=true"))
			.contains("Did you mean 'auth-starter.organization.h");
	}

	private static String start(CapturedOutput output, String... arguments) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(TestApi.class).web(WebApplicationType.SERVLET)
				.run(withPort(arguments)));
		return output.getOut().replace("\r\n", "\n");
	}

	private static String[] withPort(String... arguments) {
		String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = "--server.port=0";
		return all;
	}

}
