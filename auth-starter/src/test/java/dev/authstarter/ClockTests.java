package dev.authstarter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.NoteController;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuthStarterAutoConfiguration#CLOCK}: which clock the library uses.
 */
class ClockTests {

	private static final Clock YESTERDAY = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));

	private final String fresh = TestToken.validAt(Instant.now()).signed();

	private final String ofYesterday = TestToken.validAt(YESTERDAY.instant()).signed();

	private final List<ConfigurableApplicationContext> started = new ArrayList<>();

	@AfterEach
	void stop() {
		this.started.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void clockOfTheApplicationDoesNotDecideAboutTokens() {
		HttpCalls http = start(OneClock.class);
		assertThat(http.answer("/me", this.ofYesterday)).isEqualTo("401 token_expired");
		assertThat(http.answer("/me", this.fresh)).isEqualTo("200");
	}

	@Test
	void primaryClockOfTheApplicationDoesNotDecideAboutTokens() {
		HttpCalls http = start(PrimaryClock.class);
		assertThat(http.answer("/me", this.ofYesterday)).isEqualTo("401 token_expired");
		assertThat(http.answer("/me", this.fresh)).isEqualTo("200");
	}

	@Test
	void startsWithSeveralClocksAndTickersOfTheApplication() {
		HttpCalls http = start(TwoClocks.class);
		assertThat(http.answer("/me", this.ofYesterday)).isEqualTo("401 token_expired");
		assertThat(http.answer("/organizations/org_acme/notes", this.fresh)).isEqualTo("200");
	}

	@Test
	void clockOfOurNameDecides() {
		HttpCalls http = start(OurClock.class);
		assertThat(http.answer("/me", this.ofYesterday)).isEqualTo("200");
		assertThat(http.answer("/me", this.fresh)).isEqualTo("401 token_not_yet_valid");
	}

	@Test
	void clockOfOurNameDecidesBesideOthers() {
		assertThat(start(TwoClocks.class, OurClock.class).answer("/me", this.ofYesterday)).isEqualTo("200");
	}

	@Test
	void applicationIsGivenItsOwnClockAlone() {
		start(OneClock.class, ClockUser.class);
		ConfigurableApplicationContext context = this.started.get(0);
		assertThat(context.getBean(ClockUser.class).clock).isSameAs(YESTERDAY);
		assertThat(context.getBeanProvider(Clock.class).getIfAvailable()).isSameAs(YESTERDAY);
	}

	/** Such beans are in other libraries' auto-configurations. */
	@Test
	void applicationWithoutClockMayStillDeclareOneWhereNoneIs() {
		start(FallbackClock.class, ClockUser.class);
		assertThat(this.started.get(0).getBean(ClockUser.class).clock.instant()).isEqualTo(Instant.EPOCH);
	}

	@Test
	void applicationWithoutClockIsGivenNone() {
		start(OptionalClockUser.class);
		assertThat(this.started.get(0).getBean(OptionalClockUser.class).found).isFalse();
	}

	private HttpCalls start(Class<?>... configurations) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Api.class).sources(configurations)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run();
		this.started.add(context);
		return new HttpCalls(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(NoteController.class)
	static class Api {

		@Bean
		TrustedKeys trustedKeys() {
			KeySet keys = KeySet.of(new JWKSet(TestKey.RSA.publicKey()));
			return (issuer) -> () -> keys;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneClock {

		@Bean
		Clock bookingClock() {
			return YESTERDAY;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryClock {

		@Bean
		@Primary
		Clock clock() {
			return YESTERDAY;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoClocks {

		@Bean
		Clock demoClock() {
			return YESTERDAY;
		}

		@Bean
		Clock bookingClock() {
			return Clock.systemUTC();
		}

		@Bean
		Ticker demoTicker() {
			return () -> 0;
		}

		@Bean
		Ticker systemTicker() {
			return Ticker.systemTicker();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OurClock {

		@Bean(AuthStarterAutoConfiguration.CLOCK)
		Clock clock() {
			return YESTERDAY;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FallbackClock {

		@Bean
		@ConditionalOnMissingBean
		Clock fallbackClock() {
			return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
		}

	}

	static class ClockUser {

		private final Clock clock;

		ClockUser(Clock clock) {
			this.clock = clock;
		}

	}

	static class OptionalClockUser {

		private final boolean found;

		OptionalClockUser(ObjectProvider<Clock> clocks) {
			this.found = clocks.getIfAvailable() != null;
		}

	}

}
