package dev.authstarter.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.claims.CallerAuthentications;
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

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/**
 * From the compact token, never seen before, to the finished authentication: ours, stock
 * Spring Security, and the limit, one raw verification of the same signature. RS256, a
 * payload of about 900 bytes, a new {@code String} per operation as a request has it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ValidationBenchmark {

	private char[] token = {};

	private char[] expired = {};

	private byte[] signingInput = {};

	private byte[] signature = {};

	private Signature verifier = rs256();

	private JwtDecoder stock = (token) -> {
		throw new IllegalStateException();
	};

	private JwtAuthenticationConverter stockConverter = new JwtAuthenticationConverter();

	private JwtDecoder ours = this.stock;

	private Converter<Jwt, AbstractAuthenticationToken> oursConverter = this.stockConverter;

	private @Nullable ConfigurableApplicationContext context;

	/**
	 * Make the token and both decoders, and check that they agree.
	 * @throws GeneralSecurityException never
	 * @throws JOSEException never
	 * @throws java.text.ParseException never
	 */
	@Setup
	public void start() throws GeneralSecurityException, JOSEException, java.text.ParseException {
		String valid = BenchmarkedToken.valid().value();
		this.token = valid.toCharArray();
		this.expired = BenchmarkedToken.valid().expired().value().toCharArray();
		this.signingInput = valid.substring(0, valid.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
		this.signature = new Base64URL(valid.substring(valid.lastIndexOf('.') + 1)).decode();
		JWKSet keys = BenchmarkedToken.FORGE.publicKeys();
		JWK key = keys.getKeyByKeyId(SignedJWT.parse(valid).getHeader().getKeyID());
		this.verifier.initVerify(key.toRSAKey().toPublicKey());
		BenchmarkedApi.Stock api = new BenchmarkedApi.Stock();
		this.stock = api.jwtDecoder();
		this.stockConverter = api.jwtAuthenticationConverter();
		ConfigurableApplicationContext started = BenchmarkedToken
			.startApplication("--auth-starter.cache.enabled=false");
		this.context = started;
		this.ours = started.getBean(JwtDecoder.class);
		this.oursConverter = started.getBean(CallerAuthentications.class);
		if (ours().getAuthorities().size() < stock().getAuthorities().size()) {
			throw new IllegalStateException("The two decoders do not agree");
		}
	}

	private static Signature rs256() {
		try {
			return Signature.getInstance("SHA256withRSA");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Stop.
	 */
	@TearDown
	public void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/**
	 * The limit: the signature alone.
	 * @return whether it is good
	 * @throws GeneralSecurityException never
	 */
	@Benchmark
	public boolean rawVerification() throws GeneralSecurityException {
		this.verifier.update(this.signingInput);
		return this.verifier.verify(this.signature);
	}

	/**
	 * Stock Spring Security, with the authorities that users map.
	 * @return the authentication
	 */
	@Benchmark
	public AbstractAuthenticationToken stock() {
		return this.stockConverter.convert(this.stock.decode(new String(this.token)));
	}

	/**
	 * This library, with scopes, roles, permissions and organization.
	 * @return the authentication
	 */
	@Benchmark
	public AbstractAuthenticationToken ours() {
		return this.oursConverter.convert(this.ours.decode(new String(this.token)));
	}

	/**
	 * An expired token, refused by stock Spring Security.
	 * @return why
	 */
	@Benchmark
	public Exception stockRefusesExpired() {
		return refusal(this.stock);
	}

	/**
	 * An expired token, refused by this library.
	 * @return why
	 */
	@Benchmark
	public Exception oursRefusesExpired() {
		return refusal(this.ours);
	}

	private Exception refusal(JwtDecoder decoder) {
		try {
			throw new IllegalStateException(decoder.decode(new String(this.expired)).toString());
		}
		catch (JwtException ex) {
			return ex;
		}
	}

}
