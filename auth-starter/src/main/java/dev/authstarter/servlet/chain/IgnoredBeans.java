package dev.authstarter.servlet.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.servlet.refusal.RefusalAccessDeniedHandler;
import dev.authstarter.servlet.refusal.RefusalEntryPoint;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Finds beans of Spring Security's and Spring Boot's types that have no effect on the
 * filter chain of this library. If such a bean has no other purpose, start-up fails. If a
 * chain or a customizer of the application may use it, or if it may have another purpose,
 * it is a warning. A bean.
 */
public final class IgnoredBeans implements SmartInitializingSingleton {

	static final Kind DECODER = new Kind(JwtDecoder.class, null, "JwtDecoder",
			"does not validate the tokens of this API",
			"To refuse more tokens, declare an OAuth2TokenValidator<Jwt> bean. To validate tokens with the decoder, "
					+ "name it in a SecurityFilterChain bean of your own: oauth2ResourceServer((server) -> "
					+ "server.jwt((jwt) -> "
					+ "jwt.decoder(decoder))). In tests, @MockitoBean and the beans of a @TestConfiguration validate "
					+ "them.");

	private static final Kind INTROSPECTOR = new Kind(OpaqueTokenIntrospector.class, null, "OpaqueTokenIntrospector",
			"does not validate the tokens of this API",
			"For opaque tokens, set 'auth-starter.introspection.*'. To validate tokens with the introspector, name it "
					+ "in a "
					+ "SecurityFilterChain bean of your own: oauth2ResourceServer((server) -> server.opaqueToken((opaque) "
					+ "-> opaque.introspector(introspector))). In tests, use forged tokens or a double of JwtDecoder.");

	private static final String ANSWERS = "does not answer requests to this API";

	private static final String ANSWER_ADVICE = "Name it in a Customizer<HttpSecurity> bean, http.exceptionHandling("
			+ "(exceptions) -> exceptions.%s(it)), or in a SecurityFilterChain bean of your own, or remove it.";

	private static final String CALLERS = "does not create the callers of this API";

	/** Types that have no purpose outside a filter chain. */
	private static final List<Kind> EXPECTED = List.of(
			new Kind(AuthenticationEntryPoint.class, null, "AuthenticationEntryPoint", ANSWERS,
					ANSWER_ADVICE.formatted("authenticationEntryPoint")),
			new Kind(AccessDeniedHandler.class, null, "AccessDeniedHandler", ANSWERS,
					ANSWER_ADVICE.formatted("accessDeniedHandler")),
			new Kind(Converter.class, AbstractAuthenticationToken.class, "Converter<Jwt, AbstractAuthenticationToken>",
					CALLERS,
					"Declare a JwtAuthenticationConverter bean instead, or name it in a SecurityFilterChain bean of your own."),
			new Kind(Converter.class, Collection.class, "Converter<Jwt, Collection<GrantedAuthority>>",
					"does not create the authorities of callers",
					"Give it to the setJwtGrantedAuthoritiesConverter of a JwtAuthenticationConverter bean, or remove it."),
			new Kind(OpaqueTokenAuthenticationConverter.class, null, "OpaqueTokenAuthenticationConverter", CALLERS,
					"Callers are created from opaque tokens as from JWTs: declare a JwtAuthenticationConverter bean "
							+ "instead."));

	private static final String BUILDER_ADVICE = "Set 'auth-starter.algorithms', 'auth-starter.keys.*' or "
			+ "'auth-starter.introspection.*', or name what you build in a SecurityFilterChain bean of your own.";

	private final ConfigurableListableBeanFactory beans;

	private final SecurityChains chains;

	private final List<Kind> expected;

	/**
	 * Create a check.
	 * @param beans the beans of the application
	 * @param chains the filter chains in force
	 * @param builders types of Spring Boot's beans that customize decoders and
	 * introspectors of Spring Boot
	 */
	public IgnoredBeans(ConfigurableListableBeanFactory beans, SecurityChains chains, List<Class<?>> builders) {
		this.beans = beans;
		this.chains = chains;
		this.expected = new ArrayList<>(EXPECTED);
		builders.forEach((type) -> this.expected
			.add(new Kind(type, null, type.getSimpleName(), "has no effect on this API", BUILDER_ADVICE)));
	}

	/**
	 * Fail for beans that cannot have the effect they are declared for.
	 * @throws AccessRuleException if there is such a bean
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<SecurityChain> inForce = this.chains.inForce();
		if (inForce.stream().noneMatch(SecurityChain::isOwn)) {
			return;
		}
		if (isOnlyReader()) {
			names(INTROSPECTOR).stream().filter((name) -> definition(name).isPrimary()).forEach(INTROSPECTOR::fail);
		}
		if (inForce.stream().allMatch(SecurityChain::isOwn) && isUncustomized()) {
			// A converter of the application may have been created from other converter
			// beans.
			boolean converted = this.beans.containsBean(CallerAuthentications.CONVERTED);
			this.expected.stream()
				.filter((kind) -> kind.produced() == null || !converted)
				.forEach((kind) -> names(kind).forEach(kind::fail));
		}
		refuseResolverBesideConverter();
		refuseValidatorOfOtherTokens();
	}

	/**
	 * Describe the beans that have no effect on the chain of this library.
	 * @return a sentence for each bean
	 */
	public List<String> findings() {
		List<String> findings = new ArrayList<>();
		if (this.chains.inForce().stream().anyMatch(SecurityChain::isOwn)) {
			add(DECODER, findings);
			if (isOnlyReader()) {
				add(INTROSPECTOR, findings);
			}
			this.expected.forEach((kind) -> add(kind, findings));
		}
		return findings;
	}

	private void add(Kind kind, List<String> findings) {
		names(kind).forEach((name) -> findings.add(kind.problem(name) + " " + kind.advice()));
	}

	/** If there is a converter, Spring Security does not call the resolver. */
	private void refuseResolverBesideConverter() {
		for (String resolver : this.beans.getBeanNamesForType(BearerTokenResolver.class)) {
			for (String converter : this.beans.getBeanNamesForType(AuthenticationConverter.class)) {
				if (!this.beans.isTypeMatch(converter, ResolvedBearerTokenConverter.class) && !isUsed(resolver)) {
					throw new AccessRuleException(
							("The BearerTokenResolver bean '%s' has no effect: Spring Security reads tokens with the "
									+ "AuthenticationConverter bean '%s'.")
								.formatted(resolver, converter),
							"Remove one of the two.");
				}
			}
		}
	}

	/** Spring Boot ignores such validators, too. */
	private void refuseValidatorOfOtherTokens() {
		for (String name : this.beans.getBeanNamesForType(OAuth2TokenValidator.class)) {
			ResolvableType type = this.beans.containsBeanDefinition(name) ? type(name).as(OAuth2TokenValidator.class)
					: ResolvableType.NONE;
			// Spring injects a bean with unresolved generics for any type argument.
			Class<?> token = type.hasUnresolvableGenerics() ? Jwt.class : type.getGeneric(0).resolve(Jwt.class);
			if (token != Jwt.class && token.isAssignableFrom(Jwt.class) && !isUsed(name)) {
				throw new AccessRuleException("The OAuth2TokenValidator bean '%s' is not called: it is declared for %s."
					.formatted(name, token.getSimpleName()), "Declare it as OAuth2TokenValidator<Jwt>.");
			}
		}
	}

	private List<String> names(Kind kind) {
		List<String> names = new ArrayList<>();
		for (String name : this.beans.getBeanNamesForType(kind.type())) {
			boolean used = kind.equals(DECODER) ? isNamedByChain(name) : isUsed(name);
			if (this.beans.containsBeanDefinition(name) && kind.produces(type(name)) && !isKnown(name) && !used) {
				names.add(name);
			}
		}
		return names;
	}

	private ResolvableType type(String name) {
		ResolvableType type = this.beans.getMergedBeanDefinition(name).getResolvableType();
		return type.equals(ResolvableType.NONE) ? ResolvableType.forClass(this.beans.getType(name)) : type;
	}

	/** Whether a bean belongs to this library or Spring Boot, or is used in any case. */
	private boolean isKnown(String name) {
		if (name.equals(DecoderChoice.OWN) || this.beans.isTypeMatch(name, JwtAuthenticationConverter.class)
				|| this.beans.isTypeMatch(name, CallerAuthentications.class)
				|| this.beans.isTypeMatch(name, RefusalEntryPoint.class)
				|| this.beans.isTypeMatch(name, RefusalAccessDeniedHandler.class)) {
			return true;
		}
		return isOfSpring(name) || (this.beans.isTypeMatch(name, JwtDecoder.class) && definition(name).isPrimary());
	}

	/** Whether its bean method is declared in a class of Spring. */
	private boolean isOfSpring(String name) {
		return this.beans.containsBeanDefinition(name) && definition(name) instanceof AnnotatedBeanDefinition annotated
				&& annotated.getMetadata().getClassName().startsWith("org.springframework.");
	}

	private BeanDefinition definition(String name) {
		return this.beans.getBeanDefinition(name);
	}

	/** A customizer may use beans that it does not depend on. */
	private boolean isUncustomized() {
		return Arrays.stream(this.beans.getBeanNamesForType(Customizer.class)).allMatch(this::isOfSpring);
	}

	private boolean isUsed(String name) {
		return this.beans.getDependentBeans(name).length > 0;
	}

	/** Whether a filter chain depends on the bean, directly or through other beans. */
	private boolean isNamedByChain(String name) {
		Set<String> seen = new HashSet<>();
		Deque<String> next = new ArrayDeque<>(List.of(name));
		while (!next.isEmpty()) {
			for (String dependent : this.beans.getDependentBeans(next.pop())) {
				if (seen.add(dependent)) {
					next.push(dependent);
				}
			}
		}
		return seen.stream()
			.anyMatch((dependent) -> this.beans.containsBean(dependent)
					&& this.beans.isTypeMatch(dependent, SecurityFilterChain.class));
	}

	/** Whether no chain of the application may read tokens. */
	private boolean isOnlyReader() {
		return this.chains.inForce().stream().allMatch((chain) -> chain.isOwn() || chain.readsNoTokens());
	}

	/**
	 * A type of bean.
	 *
	 * @param type the type
	 * @param produced the type that a converter creates from a JWT, or {@code null} if it
	 * is not a converter
	 * @param name the name of the type in messages
	 * @param ineffective the effect that the bean does not have
	 * @param advice what to do instead
	 */
	record Kind(Class<?> type, @Nullable Class<?> produced, String name, String ineffective, String advice) {

		String problem(String bean) {
			return "The %s bean '%s' %s.".formatted(this.name, bean, this.ineffective);
		}

		void fail(String bean) {
			throw new AccessRuleException(problem(bean), this.advice);
		}

		boolean produces(ResolvableType bean) {
			if (this.produced == null) {
				return true;
			}
			ResolvableType converter = bean.as(Converter.class);
			return converter.getGeneric(0).resolve() == Jwt.class
					&& this.produced.isAssignableFrom(converter.getGeneric(1).resolve(Object.class));
		}

	}

}
