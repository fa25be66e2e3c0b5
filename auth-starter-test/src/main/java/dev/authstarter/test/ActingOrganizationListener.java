package dev.authstarter.test;

import java.lang.annotation.Annotation;

import dev.authstarter.Organizations;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.context.TestSecurityContextHolder;
import org.springframework.security.test.context.support.TestExecutionEvent;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.test.context.transaction.TransactionalTestExecutionListener;

/**
 * Sets the acting organization of a test before its transaction begins: a Hibernate
 * session keeps the organization with which it was opened, and Spring Security sets its
 * context later.
 */
final class ActingOrganizationListener implements TestExecutionListener, Ordered {

	/** Right before {@link TransactionalTestExecutionListener}. */
	private static final int ORDER = 3900;

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void beforeTestMethod(TestContext test) throws Exception {
		WithForgedToken token = find(test, WithForgedToken.class);
		WithOrganization organization = find(test, WithOrganization.class);
		if (organization != null && token != null) {
			throw new IllegalStateException(
					"%s has @WithOrganization and @WithForgedToken: the token determines the acting organization"
						.formatted(test.getTestMethod()));
		}
		if (organization != null) {
			TestSecurityContextHolder.setContext(test.getApplicationContext()
				.getBean(Organizations.class)
				.callAs(organization.value(), "@WithOrganization", SecurityContextHolder::getContext));
		}
		else if (token != null && token.setupBefore() == TestExecutionEvent.TEST_METHOD) {
			TestSecurityContextHolder.setContext(
					new ForgedSecurityContextFactory(test.getApplicationContext()).createSecurityContext(token));
		}
	}

	@Override
	public void afterTestMethod(TestContext test) {
		TestSecurityContextHolder.clearContext();
	}

	private static <A extends Annotation> @Nullable A find(TestContext test, Class<A> type) {
		A ofMethod = AnnotatedElementUtils.findMergedAnnotation(test.getTestMethod(), type);
		return (ofMethod != null) ? ofMethod
				: TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), type);
	}

}
