package dev.authstarter.benchmarks.library;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.JWTVerifier;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.authstarter.benchmarks.BenchmarkedToken;
import io.fusionauth.jwt.rsa.RSAVerifier;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Other libraries, each used as documented to validate signature, issuer, audience and
 * time of an RS256 token.
 */
public enum Peer {

	/** Nimbus JOSE+JWT. */
	NIMBUS {

		@Override
		public Validator validator(JWK key, RSAPublicKey publicKey) {
			DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
			processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
			processor.setJWSKeySelector(new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256),
					new ImmutableJWKSet<>(new JWKSet(key))));
			processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(BenchmarkedToken.AUDIENCE,
					new JWTClaimsSet.Builder().issuer(BenchmarkedToken.ISSUER).build(), Set.of("exp")));
			return (token) -> processor.process(token, null);
		}

	},

	/** The library jose4j. */
	JOSE4J {

		@Override
		public Validator validator(JWK key, RSAPublicKey publicKey) {
			JwtConsumer consumer = new JwtConsumerBuilder().setExpectedIssuer(BenchmarkedToken.ISSUER)
				.setExpectedAudience(BenchmarkedToken.AUDIENCE)
				.setRequireExpirationTime()
				.setVerificationKey(publicKey)
				.build();
			return consumer::processToClaims;
		}

	},

	/** SmallRye JWT, which Quarkus uses, on jose4j. */
	SMALLRYE {

		@Override
		public Validator validator(JWK key, RSAPublicKey publicKey) {
			JWTAuthContextInfo info = new JWTAuthContextInfo((PublicKey) publicKey, BenchmarkedToken.ISSUER);
			info.setExpectedAudience(Set.of(BenchmarkedToken.AUDIENCE));
			info.setClockSkew(0);
			JWTParser parser = new DefaultJWTParser(info);
			return parser::parse;
		}

	},

	/** Auth0's java-jwt. */
	JAVA_JWT {

		@Override
		public Validator validator(JWK key, RSAPublicKey publicKey) {
			JWTVerifier verifier = JWT.require(Algorithm.RSA256(publicKey))
				.withIssuer(BenchmarkedToken.ISSUER)
				.withAudience(BenchmarkedToken.AUDIENCE)
				.build();
			return verifier::verify;
		}

	},

	/** FusionAuth's library, which leaves issuer and audience to the application. */
	FUSION_AUTH {

		@Override
		public Validator validator(JWK key, RSAPublicKey publicKey) {
			RSAVerifier verifier = RSAVerifier.newVerifier(publicKey);
			return (token) -> {
				io.fusionauth.jwt.domain.JWT jwt = io.fusionauth.jwt.domain.JWT.getDecoder().decode(token, verifier);
				boolean meant = BenchmarkedToken.ISSUER.equals(jwt.issuer)
						&& (BenchmarkedToken.AUDIENCE.equals(jwt.audience) || (jwt.audience instanceof List<?> audiences
								&& audiences.contains(BenchmarkedToken.AUDIENCE)))
						&& jwt.expiration.isAfter(ZonedDateTime.now(ZoneOffset.UTC));
				return meant ? jwt : null;
			};
		}

	},

	/** The library jjwt. */
	JJWT {

		@Override
		public Validator validator(JWK key, RSAPublicKey publicKey) {
			JwtParser parser = Jwts.parser()
				.requireIssuer(BenchmarkedToken.ISSUER)
				.requireAudience(BenchmarkedToken.AUDIENCE)
				.verifyWith(publicKey)
				.build();
			return parser::parseSignedClaims;
		}

	},

	/** Vert.x, whose future is already complete. */
	VERTX {

		@Override
		public Validator validator(JWK key, RSAPublicKey publicKey) {
			JWTAuth auth = JWTAuth.create(Vertx.vertx(), new JWTAuthOptions().addJwk(new JsonObject(key.toJSONObject()))
				.setJWTOptions(
						new JWTOptions().setIssuer(BenchmarkedToken.ISSUER).addAudience(BenchmarkedToken.AUDIENCE)));
			return (token) -> auth.authenticate(new TokenCredentials(token)).result();
		}

	};

	public abstract Validator validator(JWK key, RSAPublicKey publicKey);

}
