package dev.authstarter.access.interception;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.authstarter.fixture.TestTrust;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.PermissionEvaluator;
import org.springframework.security.access.expression.method.DefaultMethodSecurityExpressionHandler;
import org.springframework.security.access.expression.method.MethodSecurityExpressionHandler;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.AuthorizationObservationContext;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.DefaultAuthorizationManagerFactory;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AnnotationTemplateExpressionDefaults;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Applications with beans that customize Spring Security's method security.
 */
final class MethodSecuritySettings {

	private MethodSecuritySettings() {
	}

	/** Switches method security on itself. */
	@EnableMethodSecurity(securedEnabled = true, jsr250Enabled = true)
	static class SwitchedOn {

	}

	/** Nothing is changed. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import({ TestTrust.class, MethodSecurityExamples.Bank.class, MethodSecurityExamples.Vault.class,
			MethodSecurityExamples.Closed.class, MethodSecurityExamples.Admins.class,
			MethodSecurityExamples.InheritsAdmins.class, MethodSecurityExamples.TextLedger.class,
			MethodSecurityExamples.Cellar.class, MethodSecurityExamples.Masked.class })
	static class Plain {

		@Bean
		MethodSecurityExamples.Decisions decisions() {
			return new MethodSecurityExamples.Decisions();
		}

	}

	static class Changed extends Plain {

		@Bean
		static RoleHierarchy roleHierarchy() {
			return RoleHierarchyImpl.withDefaultRolePrefix().role("ADMIN").implies("USER").build();
		}

		@Bean
		static AnnotationTemplateExpressionDefaults templateDefaults() {
			return new AnnotationTemplateExpressionDefaults();
		}

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

		@Bean
		ObservationRegistry observationRegistry() {
			return ObservationRegistry.create();
		}

	}

	static class OtherRolePrefix extends Plain {

		@Bean
		static GrantedAuthorityDefaults grantedAuthorityDefaults() {
			return new GrantedAuthorityDefaults("GROUP_");
		}

	}

	static class OtherHandler extends Plain {

		@Bean
		static MethodSecurityExpressionHandler expressionHandler() {
			DefaultMethodSecurityExpressionHandler handler = new DefaultMethodSecurityExpressionHandler();
			handler.setPermissionEvaluator(new OwnAccount());
			return handler;
		}

		@Bean
		static SecurityContextHolderStrategy securityContexts() {
			return new AlwaysAnn();
		}

	}

	static class OtherFactory extends Plain {

		@Bean
		static AuthorizationManagerFactory<MethodInvocation> authorizationManagers() {
			DefaultAuthorizationManagerFactory<MethodInvocation> factory = new DefaultAuthorizationManagerFactory<>();
			factory.setRolePrefix("FACTORY_");
			return factory;
		}

	}

	/**
	 * Notes what Spring Security publishes and observes.
	 */
	static class Recorder implements AuthorizationEventPublisher, ObservationHandler<Observation.Context> {

		private final List<String> records = new ArrayList<>();

		@Override
		public <T> void publishAuthorizationEvent(Supplier<Authentication> caller, T object,
				@Nullable AuthorizationResult result) {
			this.records.add((result != null && result.isGranted()) ? "granted" : "denied");
		}

		@Override
		public void onStop(Observation.Context context) {
			this.records.add(String.valueOf(context.getContextualName()));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AuthorizationObservationContext<?>;
		}

		List<String> take() {
			List<String> taken = List.copyOf(this.records);
			this.records.clear();
			return taken;
		}

	}

	private static final class OwnAccount implements PermissionEvaluator {

		@Override
		public boolean hasPermission(Authentication caller, @Nullable Object owner, Object permission) {
			return permission.equals("pay") && caller.getName().equals(owner);
		}

		@Override
		public boolean hasPermission(Authentication caller, Serializable id, String type, Object permission) {
			return false;
		}

	}

	private static final class AlwaysAnn implements SecurityContextHolderStrategy {

		@Override
		public void clearContext() {
		}

		@Override
		public SecurityContext getContext() {
			return new SecurityContextImpl(new TestingAuthenticationToken("ann", "", "ROLE_ADMIN"));
		}

		@Override
		public void setContext(SecurityContext context) {
		}

		@Override
		public SecurityContext createEmptyContext() {
			return new SecurityContextImpl();
		}

	}

}
