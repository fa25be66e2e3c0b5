package dev.authstarter.token;

import java.util.stream.Stream;

import dev.authstarter.claims.AccessTokenCustomizer;
import dev.authstarter.issuer.IssuerResolver;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;

/**
 * The code of the application that takes part in verifying tokens.
 */
public final class ApplicationChecks {

	private ApplicationChecks() {
	}

	/**
	 * Return whether there is any, so that a verification may block.
	 * @param beans the beans of the application
	 * @return whether a bean is a validator, a resolver of issuers or a customizer of
	 * access tokens
	 */
	public static boolean present(ListableBeanFactory beans) {
		return Stream.of(OAuth2TokenValidator.class, IssuerResolver.class, AccessTokenCustomizer.class)
			.anyMatch(
					(type) -> BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false).length > 0);
	}

}
