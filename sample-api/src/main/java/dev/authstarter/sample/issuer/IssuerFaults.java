package dev.authstarter.sample.issuer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The issuer's faults that the sample's page can switch on, protected by
 * {@link DevelopmentGuard}. A production issuer has no such endpoint.
 */
final class IssuerFaults {

	static final String PATH = "/switches";

	private static final String SCHEME = "Bearer ";

	private static final Duration AGE = Duration.ofHours(1);

	private final SigningKeys keys;

	private final Outage outage;

	private final JwtDecoder decoder;

	private final JwtEncoder encoder;

	IssuerFaults(SigningKeys keys, Outage outage, JwtDecoder decoder, JwtEncoder encoder) {
		this.keys = keys;
		this.outage = outage;
		this.decoder = decoder;
		this.encoder = encoder;
	}

	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET(PATH, (request) -> state())
			.POST(PATH + "/rotation", (request) -> rotate())
			.PUT(PATH + "/outage", (request) -> setDown(true))
			.DELETE(PATH + "/outage", (request) -> setDown(false))
			.POST(PATH + "/aged-token", this::age)
			.build();
	}

	private ServerResponse state() {
		return ServerResponse.ok().body(new State(this.outage.isDown(), this.keys.ids()));
	}

	private ServerResponse rotate() {
		this.keys.rotate();
		return state();
	}

	private ServerResponse setDown(boolean down) {
		this.outage.setDown(down);
		return state();
	}

	/**
	 * Sign a token of this issuer again with times that are an hour earlier. The result
	 * grants nothing that the original does not.
	 */
	private ServerResponse age(ServerRequest request) {
		String authorization = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
		if (authorization == null || !authorization.startsWith(SCHEME)) {
			return ServerResponse.badRequest().build();
		}
		try {
			Jwt token = this.decoder.decode(authorization.substring(SCHEME.length()));
			return ServerResponse.ok().body(Map.of("token", aged(token).getTokenValue()));
		}
		catch (BadJwtException ex) {
			return ServerResponse.badRequest().build();
		}
	}

	private Jwt aged(Jwt token) {
		JwtClaimsSet.Builder claims = JwtClaimsSet.builder().claims((all) -> all.putAll(token.getClaims()));
		age(claims, JwtClaimNames.IAT, token.getIssuedAt());
		age(claims, JwtClaimNames.NBF, token.getNotBefore());
		age(claims, JwtClaimNames.EXP, token.getExpiresAt());
		JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256)
			.headers((all) -> all.computeIfAbsent("typ", token.getHeaders()::get))
			.build();
		return this.encoder.encode(JwtEncoderParameters.from(header, claims.build()));
	}

	private static void age(JwtClaimsSet.Builder claims, String name, @Nullable Instant time) {
		if (time != null) {
			claims.claim(name, time.minus(AGE));
		}
	}

	/**
	 * The state of the issuer.
	 *
	 * @param down whether it is down
	 * @param keys the identifiers of its keys, newest first
	 */
	record State(boolean down, List<String> keys) {

	}

}
