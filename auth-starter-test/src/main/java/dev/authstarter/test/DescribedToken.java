package dev.authstarter.test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/**
 * The token that an annotation describes.
 */
final class DescribedToken {

	private DescribedToken() {
	}

	/**
	 * Return the application's forge, or fail with a message that names the missing
	 * annotation.
	 */
	static TokenForge forge(BeanFactory application) {
		try {
			return application.getBean(TokenForge.class);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new IllegalStateException("The application of this test has no TokenForge. Put "
					+ "@AutoConfigureForgedTokens on the test class.", ex);
		}
	}

	static ForgedToken of(WithForgedToken description, TokenForge forge) {
		ForgedToken token = description.issuer().isEmpty() ? forge.token() : forge.tokenFrom(description.issuer());
		if (description.scopes().length != 0) {
			token = token.withScopes(description.scopes());
		}
		if (description.permissions().length != 0) {
			token = token.withPermissions(description.permissions());
		}
		if (!description.organization().isEmpty()) {
			token = token.forOrganization(description.organization(), description.organizationRoles());
		}
		else if (description.organizationRoles().length != 0) {
			throw new IllegalArgumentException(
					"@WithForgedToken has organizationRoles and no organization: set the organization, or use roles");
		}
		if (description.roles().length != 0) {
			token = token.withRoles(description.roles());
		}
		return as(description, token);
	}

	private static ForgedToken as(WithForgedToken description, ForgedToken token) {
		if (!description.machine().isEmpty() && !description.subject().isEmpty()) {
			throw new IllegalArgumentException("@WithForgedToken has a machine and a subject: set only one of the two");
		}
		if (!description.machine().isEmpty()) {
			return token.asMachine(description.machine());
		}
		return description.subject().isEmpty() ? token : token.asUser(description.subject());
	}

}
