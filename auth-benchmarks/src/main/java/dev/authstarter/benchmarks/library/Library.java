package dev.authstarter.benchmarks.library;

import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.BenchmarkedToken;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/**
 * From the compact token to the finished authentication, as an API uses it.
 *
 * @param decoder the decoder
 * @param converter converts a token to an authentication
 * @param stop called at the end
 */
public record Library(JwtDecoder decoder, Converter<Jwt, AbstractAuthenticationToken> converter,
		Runnable stop) implements AutoCloseable {

	/** Before anything starts. */
	public static final Library NONE = new Library((token) -> {
		throw new IllegalStateException();
	}, new JwtAuthenticationConverter(), () -> {
	});

	/**
	 * Stock Spring Security, with authorities mapped from scopes, permissions and roles.
	 */
	public static Library stock(SignatureAlgorithm algorithm) {
		return new Library(BenchmarkedApi.Stock.jwtDecoder(BenchmarkedToken.FORGE.publicKeys(), algorithm),
				BenchmarkedApi.Stock.jwtAuthenticationConverter(), NONE.stop);
	}

	/** This library, with the decoder bean of an application. */
	public static Library ours(String... arguments) {
		ConfigurableApplicationContext context = BenchmarkedToken.startApplication(arguments);
		return new Library(context.getBean(JwtDecoder.class), context.getBean(CallerAuthentications.class),
				context::close);
	}

	public AbstractAuthenticationToken authenticate(String token) {
		AbstractAuthenticationToken authentication = this.converter.convert(this.decoder.decode(token));
		if (authentication == null) {
			throw new IllegalStateException("There is no authentication");
		}
		return authentication;
	}

	@Override
	public void close() {
		this.stop.run();
	}

}
