package dev.authstarter.seam;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.SpringOpaqueTokenIntrospectorBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.access.PermissionEvaluator;
import org.springframework.security.access.expression.method.DefaultMethodSecurityExpressionHandler;
import org.springframework.security.access.expression.method.MethodSecurityExpressionHandler;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Beans of an application, one kind each.
 */
final class SeamBeans {

	private SeamBeans() {
	}

	static Jwt partner(String token) {
		return Jwt.withTokenValue(token).header("alg", "none").subject("partner").build();
	}

	static class Decoder {

		@Bean
		JwtDecoder partners() {
			return SeamBeans::partner;
		}

	}

	static class PrimaryDecoder {

		@Bean
		@Primary
		JwtDecoder partners() {
			return SeamBeans::partner;
		}

	}

	static class DecoderOfChain extends Decoder {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, @Qualifier("partners") JwtDecoder decoder) {
			http.securityMatcher("/partners/**");
			http.oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.decoder(decoder)));
			return http.build();
		}

	}

	static class Introspector {

		@Bean
		OpaqueTokenIntrospector partners() {
			return (token) -> new OAuth2IntrospectionAuthenticatedPrincipal(Map.of("sub", "partner"),
					AuthorityUtils.NO_AUTHORITIES);
		}

	}

	static class PrimaryIntrospector {

		@Bean
		@Primary
		OpaqueTokenIntrospector partners() {
			return (token) -> new OAuth2IntrospectionAuthenticatedPrincipal(Map.of("sub", "partner"),
					AuthorityUtils.NO_AUTHORITIES);
		}

	}

	static class IntrospectorOfChain extends Introspector {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.securityMatcher("/partners/**");
			http.oauth2ResourceServer((server) -> server.opaqueToken(Customizer.withDefaults()));
			return http.build();
		}

	}

	static class Resolver {

		@Bean
		BearerTokenResolver resolver() {
			return (request) -> {
				String token = request.getHeader("X-Token");
				if ("twice".equals(token)) {
					throw new OAuth2AuthenticationException(BearerTokenErrors.invalidRequest("two tokens"));
				}
				return token;
			};
		}

	}

	static class Intake {

		@Bean
		AuthenticationConverter intake() {
			return new HeaderIntake();
		}

	}

	static class IntakeAndResolver extends Intake {

		@Bean
		BearerTokenResolver resolver() {
			return (request) -> null;
		}

	}

	static final class HeaderIntake implements AuthenticationConverter {

		@Override
		public @Nullable Authentication convert(HttpServletRequest request) {
			String token = request.getHeader("X-Token");
			return (token != null) ? new BearerTokenAuthenticationToken(token) : null;
		}

	}

	static class Viewers {

		@Bean
		JwtAuthenticationConverter viewers() {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter((jwt) -> AuthorityUtils.createAuthorityList("ROLE_viewer"));
			return converter;
		}

	}

	static class Callers {

		@Bean
		Converter<Jwt, AbstractAuthenticationToken> unused() {
			return JwtAuthenticationToken::new;
		}

	}

	static class NarrowCallers {

		@Bean
		Converter<Jwt, JwtAuthenticationToken> unused() {
			return JwtAuthenticationToken::new;
		}

	}

	static class Grants {

		@Bean
		Converter<Jwt, Collection<GrantedAuthority>> unused() {
			return (jwt) -> AuthorityUtils.createAuthorityList("ROLE_viewer");
		}

	}

	static class StockGrants {

		@Bean
		JwtGrantedAuthoritiesConverter unused() {
			return new JwtGrantedAuthoritiesConverter();
		}

	}

	static class OpaqueCallers {

		@Bean
		OpaqueTokenAuthenticationConverter unused() {
			return (token, principal) -> new BearerTokenAuthenticationToken(token);
		}

	}

	static class EntryPoint {

		@Bean
		AuthenticationEntryPoint unused() {
			return (request, response, failure) -> response.setStatus(418);
		}

	}

	static class DeniedHandler {

		@Bean
		AccessDeniedHandler unused() {
			return (request, response, failure) -> response.setStatus(451);
		}

	}

	/** Created with another bean, so that it may have an effect. */
	static class Owner {

		@Bean
		Owned owner(@Qualifier("unused") Object owned) {
			return new Owned(owned);
		}

	}

	record Owned(Object owned) {

	}

	static class Hierarchy {

		@Bean
		static RoleHierarchy hierarchy() {
			return RoleHierarchyImpl.fromHierarchy("ROLE_editor > ROLE_viewer\nSCOPE_write:notes > SCOPE_read:notes");
		}

	}

	static class Expressions {

		@Bean
		static MethodSecurityExpressionHandler expressions() {
			DefaultMethodSecurityExpressionHandler handler = new DefaultMethodSecurityExpressionHandler();
			handler.setPermissionEvaluator(new NotesOnly());
			return handler;
		}

	}

	static final class NotesOnly implements PermissionEvaluator {

		@Override
		public boolean hasPermission(Authentication caller, @Nullable Object target, Object permission) {
			return "notes".equals(target);
		}

		@Override
		public boolean hasPermission(Authentication caller, Serializable id, String type, Object permission) {
			return false;
		}

	}

	static class Defaults {

		@Bean
		static GrantedAuthorityDefaults defaults() {
			return new GrantedAuthorityDefaults("R_");
		}

	}

	static class EmptyDefaults {

		@Bean
		static GrantedAuthorityDefaults defaults() {
			return new GrantedAuthorityDefaults("");
		}

	}

	static class Customized {

		@Bean
		Customizer<HttpSecurity> customized() {
			return (http) -> {
				http.exceptionHandling((exceptions) -> exceptions
					.authenticationEntryPoint((request, response, failure) -> response.setStatus(418))
					.accessDeniedHandler((request, response, failure) -> response.setStatus(451)));
				http.authorizeHttpRequests((requests) -> requests.requestMatchers("/fails").hasRole("absent"));
			};
		}

	}

	static class AnyRequest {

		@Bean
		Customizer<HttpSecurity> customized() {
			return (http) -> http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		}

	}

	static class OtherReader {

		@Bean
		Customizer<HttpSecurity> customized() {
			return (http) -> http
				.oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.decoder(SeamBeans::partner)));
		}

	}

	static class OtherReaderByType {

		@Bean
		Customizer<OAuth2ResourceServerConfigurer<HttpSecurity>> customized() {
			return (server) -> server.jwt((jwt) -> jwt.decoder(SeamBeans::partner));
		}

	}

	static class Validator {

		@Bean
		OAuth2TokenValidator<Jwt> validator() {
			return (jwt) -> "revoked".equals(jwt.getId())
					? OAuth2TokenValidatorResult.failure(new OAuth2Error("revoked"))
					: OAuth2TokenValidatorResult.success();
		}

	}

	static class WideValidator {

		@Bean
		OAuth2TokenValidator<OAuth2Token> unused() {
			return (token) -> OAuth2TokenValidatorResult.failure(new OAuth2Error("never asked"));
		}

	}

	static class DecoderBuilder {

		@Bean
		JwkSetUriJwtDecoderBuilderCustomizer unused() {
			return (builder) -> {
			};
		}

	}

	static class IntrospectorBuilder {

		@Bean
		SpringOpaqueTokenIntrospectorBuilderCustomizer unused() {
			return (builder) -> {
			};
		}

	}

}
