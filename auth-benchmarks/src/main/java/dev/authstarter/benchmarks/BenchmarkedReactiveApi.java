package dev.authstarter.benchmarks;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.benchmarks.BenchmarkedApi.Appointments;
import dev.authstarter.benchmarks.BenchmarkedApi.Keys;
import dev.authstarter.benchmarks.BenchmarkedApi.Mode;
import dev.authstarter.benchmarks.BenchmarkedApi.Ours;
import dev.authstarter.benchmarks.BenchmarkedApi.Stock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtGrantedAuthoritiesConverterAdapter;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * The configurations of {@link BenchmarkedApi} on WebFlux.
 */
final class BenchmarkedReactiveApi {

	private BenchmarkedReactiveApi() {
	}

	static Class<?> configuration(Mode mode) {
		return switch (mode) {
			case OPEN -> BenchmarkedApi.Open.class;
			case PERMIT -> ReactivePermit.class;
			case STOCK -> ReactiveStock.class;
			case STOCK_WITHOUT_DECODING -> ReactiveStockWithoutDecoding.class;
			case OURS -> Ours.class;
			case OURS_IN_ALL_FILTERS -> throw new IllegalArgumentException(mode + " is a mode of Spring MVC");
		};
	}

	/**
	 * With Spring Security that permits everything.
	 */
	@EnableAutoConfiguration
	@Import(Appointments.class)
	static class ReactivePermit {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}

	}

	/**
	 * As applications with Spring Boot's resource server are written, apart from the
	 * decoder.
	 */
	abstract static class ReactiveResourceServer {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			ReactiveJwtAuthenticationConverter converter = new ReactiveJwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter(
					new ReactiveJwtGrantedAuthoritiesConverterAdapter(Stock.authorities()));
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.oauth2ResourceServer(
						(resourceServer) -> resourceServer.jwt((jwt) -> jwt.jwtAuthenticationConverter(converter)))
				.build();
		}

	}

	/**
	 * With a decoder that verifies each token.
	 */
	@EnableAutoConfiguration
	@Import({ Appointments.class, Keys.class })
	static class ReactiveStock extends ReactiveResourceServer {

		@Bean
		ReactiveJwtDecoder jwtDecoder(JWKSet publicKeys) {
			NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder
				.withJwkSource((SignedJWT jwt) -> Flux.fromIterable(publicKeys.getKeys()))
				.build();
			decoder.setJwtValidator(Stock.validator());
			return decoder;
		}

	}

	/**
	 * With a decoder that has decoded its token before.
	 */
	@EnableAutoConfiguration
	@Import({ Appointments.class, Keys.class })
	static class ReactiveStockWithoutDecoding extends ReactiveResourceServer {

		@Bean
		ReactiveJwtDecoder jwtDecoder(JWKSet publicKeys) {
			Jwt decoded = Stock.jwtDecoder(publicKeys, SignatureAlgorithm.RS256)
				.decode(BenchmarkedToken.valid().withAlgorithm(JWSAlgorithm.RS256).value());
			return (token) -> Mono.just(decoded);
		}

	}

}
