package dev.authstarter.benchmarks;

import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.fusionauth.jwt.rsa.RSAVerifier;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Other libraries validate the same token: signature, issuer, audience and time. RS256.
 * To be read beside {@link ValidationBenchmark#ours()}, which also maps authorities.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PeersBenchmark {

	private char[] token = {};

	private final Vertx vertx = Vertx.vertx();

	private @Nullable DefaultJWTProcessor<SecurityContext> nimbus;

	private @Nullable JwtConsumer jose4j;

	private com.auth0.jwt.interfaces.@Nullable JWTVerifier javaJwt;

	private @Nullable RSAVerifier fusionAuth;

	private @Nullable JwtParser jjwt;

	private @Nullable JWTAuth vertxAuth;

	/**
	 * Make all validators.
	 * @throws GeneralSecurityException never
	 * @throws JOSEException never
	 * @throws ParseException never
	 */
	@Setup
	public void start() throws GeneralSecurityException, JOSEException, ParseException {
		String valid = BenchmarkedToken.valid().value();
		this.token = valid.toCharArray();
		JWKSet keys = BenchmarkedToken.FORGE.publicKeys();
		JWK key = keys.getKeyByKeyId(SignedJWT.parse(valid).getHeader().getKeyID());
		RSAPublicKey publicKey = key.toRSAKey().toRSAPublicKey();
		this.nimbus = nimbus(keys);
		this.jose4j = new JwtConsumerBuilder().setExpectedIssuer(BenchmarkedToken.ISSUER)
			.setExpectedAudience(BenchmarkedToken.AUDIENCE)
			.setRequireExpirationTime()
			.setVerificationKey(publicKey)
			.build();
		this.javaJwt = JWT.require(Algorithm.RSA256(publicKey))
			.withIssuer(BenchmarkedToken.ISSUER)
			.withAudience(BenchmarkedToken.AUDIENCE)
			.build();
		this.fusionAuth = RSAVerifier.newVerifier(publicKey);
		this.jjwt = Jwts.parser()
			.requireIssuer(BenchmarkedToken.ISSUER)
			.requireAudience(BenchmarkedToken.AUDIENCE)
			.verifyWith(publicKey)
			.build();
		this.vertxAuth = JWTAuth.create(this.vertx, new JWTAuthOptions().addJwk(new JsonObject(key.toJSONObject()))
			.setJWTOptions(new JWTOptions().setIssuer(BenchmarkedToken.ISSUER).addAudience(BenchmarkedToken.AUDIENCE)));
	}

	private static DefaultJWTProcessor<SecurityContext> nimbus(JWKSet keys) {
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
		processor.setJWSKeySelector(
				new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256), new ImmutableJWKSet<>(keys)));
		processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(BenchmarkedToken.AUDIENCE,
				new JWTClaimsSet.Builder().issuer(BenchmarkedToken.ISSUER).build(), Set.of("exp")));
		return processor;
	}

	/**
	 * Stop.
	 */
	@TearDown
	public void stop() {
		this.vertx.close();
	}

	/**
	 * Nimbus JOSE+JWT.
	 * @return the claims
	 * @throws ParseException never
	 * @throws BadJOSEException never
	 * @throws JOSEException never
	 */
	@Benchmark
	public Object nimbus() throws ParseException, BadJOSEException, JOSEException {
		return Objects.requireNonNull(this.nimbus).process(new String(this.token), null);
	}

	/**
	 * The library jose4j.
	 * @return the claims
	 * @throws InvalidJwtException never
	 */
	@Benchmark
	public Object jose4j() throws InvalidJwtException {
		return Objects.requireNonNull(this.jose4j).processToClaims(new String(this.token));
	}

	/**
	 * Auth0's java-jwt.
	 * @return the token
	 */
	@Benchmark
	public Object javaJwt() {
		return Objects.requireNonNull(this.javaJwt).verify(new String(this.token));
	}

	/**
	 * FusionAuth's library, which leaves issuer and audience to its user.
	 * @return the token
	 */
	@Benchmark
	public Object fusionAuth() {
		io.fusionauth.jwt.domain.JWT jwt = io.fusionauth.jwt.domain.JWT.getDecoder()
			.decode(new String(this.token), Objects.requireNonNull(this.fusionAuth));
		boolean meant = BenchmarkedToken.ISSUER.equals(jwt.issuer)
				&& (BenchmarkedToken.AUDIENCE.equals(jwt.audience)
						|| (jwt.audience instanceof List<?> audiences && audiences.contains(BenchmarkedToken.AUDIENCE)))
				&& jwt.expiration.isAfter(ZonedDateTime.now(ZoneOffset.UTC));
		if (!meant) {
			throw new IllegalStateException("The token was refused");
		}
		return jwt;
	}

	/**
	 * The library jjwt.
	 * @return the claims
	 */
	@Benchmark
	public Object jjwt() {
		return Objects.requireNonNull(this.jjwt).parseSignedClaims(new String(this.token));
	}

	/**
	 * Vert.x.
	 * @return the user
	 */
	@Benchmark
	public Object vertx() {
		return Objects.requireNonNull(this.vertxAuth)
			.authenticate(new TokenCredentials(new String(this.token)))
			.result();
	}

}
