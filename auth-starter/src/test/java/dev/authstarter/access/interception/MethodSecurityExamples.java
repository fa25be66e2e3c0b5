package dev.authstarter.access.interception;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import org.aopalliance.intercept.MethodInvocation;

import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.expression.method.MethodSecurityExpressionOperations;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.access.prepost.PreFilter;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.method.AuthorizeReturnObject;
import org.springframework.security.authorization.method.HandleAuthorizationDenied;
import org.springframework.security.authorization.method.MethodAuthorizationDeniedHandler;
import org.springframework.security.core.Authentication;

/**
 * The examples of the reference documentation of Spring Security, chapter "Method
 * Security".
 */
final class MethodSecurityExamples {

	private MethodSecurityExamples() {
	}

	static class Account {

		private final String owner;

		Account(String owner) {
			this.owner = owner;
		}

		public String getOwner() {
			return this.owner;
		}

		@PreAuthorize("hasRole('ADMIN')")
		public String getNumber() {
			return "4711";
		}

		@Override
		public String toString() {
			return "account of " + this.owner;
		}

	}

	static class Bank {

		@PreAuthorize("hasRole('ADMIN')")
		public String close() {
			return "closed";
		}

		@PreAuthorize("#owner == authentication.name")
		public String open(String owner) {
			return "opened for " + owner;
		}

		@PreAuthorize("@decisions.decide(#root, 'audit')")
		public String audit() {
			return "audited";
		}

		@PreAuthorize("hasPermission(#owner, 'pay')")
		public String pay(String owner) {
			return "paid to " + owner;
		}

		@PostAuthorize("returnObject.owner == authentication.name")
		public Account read(String owner) {
			return new Account(owner);
		}

		@PreFilter("filterObject == authentication.name")
		public String update(List<String> owners) {
			return "updated " + owners;
		}

		@PostFilter("filterObject == authentication.name")
		public List<String> list(String... owners) {
			return new ArrayList<>(List.of(owners));
		}

		@PreAuthorize("hasRole('USER')")
		@PreFilter("filterObject != 'x'")
		@PostFilter("filterObject != 'y'")
		@PostAuthorize("returnObject.size() > 0")
		@Secured("ROLE_USER")
		@RolesAllowed("USER")
		@AuthorizeReturnObject
		public List<String> all(List<String> owners) {
			return owners;
		}

		@Secured("ROLE_ADMIN")
		public String secured() {
			return "secured";
		}

		@RolesAllowed({ "ADMIN", "AUDITOR" })
		public String rolesAllowed() {
			return "allowed";
		}

		@DenyAll
		public String denied() {
			return "denied";
		}

		@PermitAll
		public String permitted() {
			return "permitted";
		}

		@AdminsOnly
		public String byMetaAnnotation() {
			return "by meta-annotation";
		}

		@Having(role = "ADMIN")
		public String byTemplate() {
			return "by template";
		}

		@SecuredForAdmins
		public String bySecuredMetaAnnotation() {
			return "by @Secured as meta-annotation";
		}

		@PreAuthorize("hasRole('ADMIN')")
		@HandleAuthorizationDenied(handlerClass = Masked.class)
		public String maskedBefore() {
			return "4711";
		}

		@PostAuthorize("hasRole('ADMIN')")
		@HandleAuthorizationDenied(handlerClass = Masked.class)
		public String maskedAfter() {
			return "4711";
		}

		@AuthorizeReturnObject
		public Account account(String owner) {
			return new Account(owner);
		}

		public String open() {
			return "open";
		}

	}

	@AuthorizeReturnObject
	static class Vault {

		public Account account(String owner) {
			return new Account(owner);
		}

	}

	@DenyAll
	static class Closed {

		public String denied() {
			return "denied";
		}

		@RolesAllowed("ADMIN")
		public String replaced() {
			return "replaced";
		}

	}

	@PreAuthorize("hasRole('ADMIN')")
	static class Admins {

		public String read() {
			return "read";
		}

		@PreAuthorize("hasRole('USER')")
		public String replaced() {
			return "replaced";
		}

	}

	static class InheritsAdmins extends Admins {

		@Override
		public String read() {
			return "overridden";
		}

	}

	interface Ledger<T> {

		@PreAuthorize("hasRole('ADMIN')")
		String write(T entry);

		@Secured("ROLE_ADMIN")
		default String erase() {
			return "erased";
		}

	}

	static class TextLedger implements Ledger<String> {

		@Override
		public String write(String entry) {
			return "wrote " + entry;
		}

	}

	@RolesAllowed("ADMIN")
	interface Archive {

		String read();

	}

	static class Cellar implements Archive {

		@Override
		public String read() {
			return "read";
		}

	}

	@PreAuthorize("hasRole('ADMIN')")
	@Retention(RetentionPolicy.RUNTIME)
	@interface AdminsOnly {

	}

	@PreAuthorize("hasRole('{role}')")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Having {

		String role();

	}

	@Secured("ROLE_ADMIN")
	@Retention(RetentionPolicy.RUNTIME)
	@interface SecuredForAdmins {

	}

	static class Masked implements MethodAuthorizationDeniedHandler {

		@Override
		public Object handleDeniedInvocation(MethodInvocation invocation, AuthorizationResult result) {
			return "***";
		}

	}

	/**
	 * What an expression calls.
	 */
	static class Decisions {

		public boolean decide(MethodSecurityExpressionOperations root, String what) {
			Authentication authentication = root.getAuthentication();
			return what.equals("audit") && authentication != null && authentication.getName().equals("ann");
		}

	}

}
