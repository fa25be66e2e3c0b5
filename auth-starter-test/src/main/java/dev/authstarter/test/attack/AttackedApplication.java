package dev.authstarter.test.attack;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.HandlerParameters;
import dev.authstarter.test.attack.endpoint.ServletEndpoints;

import org.springframework.beans.factory.BeanFactory;

/**
 * The configuration and the handlers of the application under attack.
 *
 * @param beans its beans
 */
record AttackedApplication(BeanFactory beans) {

	TokenForge forge() {
		TokenForge forge = this.beans.getBeanProvider(TokenForge.class).getIfAvailable();
		if (forge == null) {
			throw new IllegalStateException(
					"Attacks need forged tokens: put @AutoConfigureForgedTokens on the test class.");
		}
		return forge;
	}

	AuthStarterProperties properties() {
		return bean(AuthStarterProperties.class);
	}

	/** The issuer for whose tokens the forge is configured. */
	TrustedIssuer issuer() {
		return bean(TrustedIssuers.class).first();
	}

	List<HandlerDescription> handlers() {
		return ServletEndpoints.beside(bean(HandlerInventory.class).handlers(), this.beans, properties());
	}

	HandlerParameters parameters() {
		return new HandlerParameters(this.beans);
	}

	private <T> T bean(Class<T> type) {
		T bean = this.beans.getBeanProvider(type).getIfAvailable();
		if (bean == null) {
			throw new IllegalStateException(("Attacks need auth-starter in the application under test, and there is no "
					+ "%s. Use @SpringBootTest, @WebMvcTest or @WebFluxTest.")
				.formatted(type.getSimpleName()));
		}
		return bean;
	}

	/**
	 * Require at least one handler of the application, and every endpoint that a test
	 * names.
	 * @throws IllegalStateException if there is no handler of the application
	 * @throws IllegalArgumentException if an endpoint is unknown
	 */
	static void requireKnown(List<Endpoint> endpoints, Collection<String> named) {
		if (endpoints.stream().noneMatch((endpoint) -> isApplications(endpoint.handler()))) {
			throw new IllegalStateException("There is no handler of the application to attack. In a slice, name the "
					+ "controller: @WebMvcTest(MyController.class), or @WebFluxTest(MyController.class).");
		}
		Set<String> unknown = new TreeSet<>(named);
		List<String> names = endpoints.stream().map(Endpoint::name).toList();
		unknown.removeAll(names);
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException("There is no endpoint %s. The endpoints are: %s"
				.formatted(String.join(", ", unknown), String.join(", ", names)));
		}
	}

	private static boolean isApplications(HandlerDescription handler) {
		return handler.kind() == HandlerDescription.Kind.CONTROLLER || handler.kind() == HandlerDescription.Kind.ROUTE;
	}

}
