package dev.authstarter.access.interception;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.authstarter.access.interception.MethodSecurityExamples.Account;
import dev.authstarter.access.interception.MethodSecurityExamples.Admins;
import dev.authstarter.access.interception.MethodSecurityExamples.Archive;
import dev.authstarter.access.interception.MethodSecurityExamples.Bank;
import dev.authstarter.access.interception.MethodSecurityExamples.Closed;
import dev.authstarter.access.interception.MethodSecurityExamples.InheritsAdmins;
import dev.authstarter.access.interception.MethodSecurityExamples.TextLedger;
import dev.authstarter.access.interception.MethodSecurityExamples.Vault;
import dev.authstarter.access.interception.MethodSecuritySettings.Changed;
import dev.authstarter.access.interception.MethodSecuritySettings.OtherFactory;
import dev.authstarter.access.interception.MethodSecuritySettings.OtherHandler;
import dev.authstarter.access.interception.MethodSecuritySettings.OtherRolePrefix;
import dev.authstarter.access.interception.MethodSecuritySettings.Plain;
import dev.authstarter.access.interception.MethodSecuritySettings.Recorder;
import dev.authstarter.access.interception.MethodSecuritySettings.SwitchedOn;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.Advised;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationProxyFactory;
import org.springframework.security.authorization.method.AuthorizationInterceptorsOrder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of Spring Security's reference behave the same whether the application or
 * the library enables method security.
 */
class MethodSecurityTests {

	private static final String NONE = "";

	private static final String USER = "bob ROLE_USER";

	private static final String ADMIN = "ann ROLE_ADMIN";

	private static final String REFUSED = "AuthorizationDeniedException";

	private static final Map<String, ConfigurableApplicationContext> contexts = new HashMap<>();

	static Stream<Example> examples() {
		return Stream
			.of(examplesOfExpressions(), examplesOfFilters(), examplesOfRoles(), examplesOfPlaces(),
					examplesOfAnswers(), examplesOfSettings())
			.flatMap((examples) -> examples);
	}

	private static Stream<Example> examplesOfExpressions() {
		return Stream.of(bank(NONE, Bank::close, "AuthenticationCredentialsNotFoundException"),
				bank(USER, Bank::close, REFUSED), bank(ADMIN, Bank::close, "closed"), bank(NONE, Bank::open, "open"),
				bank(USER, (bank) -> bank.open("bob"), "opened for bob"),
				bank(USER, (bank) -> bank.open("ann"), REFUSED), bank(ADMIN, Bank::audit, "audited"),
				bank(USER, Bank::audit, REFUSED), bank(USER, (bank) -> bank.pay("bob"), REFUSED),
				bank(USER, (bank) -> bank.read("bob"), "account of bob"),
				bank(USER, (bank) -> bank.read("ann"), REFUSED));
	}

	private static Stream<Example> examplesOfFilters() {
		return Stream.of(bank(USER, (bank) -> bank.update(new ArrayList<>(List.of("ann", "bob"))), "updated [bob]"),
				bank(ADMIN, (bank) -> bank.update(new ArrayList<>(List.of("ann", "bob"))), "updated [ann]"),
				bank(USER, (bank) -> bank.list("ann", "bob", "bob"), "[bob, bob]"),
				bank(USER, (bank) -> bank.all(new ArrayList<>(List.of("x", "y", "z"))), "[z]"),
				bank(ADMIN, (bank) -> bank.all(new ArrayList<>(List.of("x", "y", "z"))), REFUSED));
	}

	private static Stream<Example> examplesOfRoles() {
		return Stream.of(bank(USER, Bank::secured, REFUSED), bank(ADMIN, Bank::secured, "secured"),
				bank(USER, Bank::rolesAllowed, REFUSED), bank(ADMIN, Bank::rolesAllowed, "allowed"),
				bank("joe ROLE_AUDITOR", Bank::rolesAllowed, "allowed"), bank(ADMIN, Bank::denied, REFUSED),
				bank(NONE, Bank::permitted, "permitted"));
	}

	private static Stream<Example> examplesOfPlaces() {
		return Stream.of(bean(Closed.class, ADMIN, Closed::denied, REFUSED),
				bean(Closed.class, ADMIN, Closed::replaced, "replaced"),
				bean(Closed.class, USER, Closed::replaced, REFUSED), admins(USER, Admins::read, REFUSED),
				admins(ADMIN, Admins::read, "read"), admins(USER, Admins::replaced, "replaced"),
				bean(InheritsAdmins.class, USER, InheritsAdmins::read, REFUSED),
				bean(InheritsAdmins.class, ADMIN, InheritsAdmins::read, "overridden"),
				bean(InheritsAdmins.class, USER, InheritsAdmins::replaced, "replaced"),
				bean(TextLedger.class, USER, (ledger) -> ledger.write("it"), REFUSED),
				bean(TextLedger.class, ADMIN, (ledger) -> ledger.write("it"), "wrote it"),
				bean(TextLedger.class, USER, TextLedger::erase, REFUSED),
				bean(TextLedger.class, ADMIN, TextLedger::erase, "erased"),
				bean(Archive.class, USER, Archive::read, REFUSED), bean(Archive.class, ADMIN, Archive::read, "read"),
				bank(USER, Bank::byMetaAnnotation, REFUSED), bank(ADMIN, Bank::byMetaAnnotation, "by meta-annotation"),
				bank(USER, Bank::bySecuredMetaAnnotation, REFUSED),
				bank(ADMIN, Bank::bySecuredMetaAnnotation, "by @Secured as meta-annotation"));
	}

	private static Stream<Example> examplesOfAnswers() {
		return Stream.of(bank(USER, Bank::maskedBefore, "***"), bank(ADMIN, Bank::maskedBefore, "4711"),
				bank(USER, Bank::maskedAfter, "***"), bank(ADMIN, Bank::maskedAfter, "4711"),
				bank(USER, (bank) -> bank.account("bob").getOwner(), "bob"),
				bank(USER, (bank) -> bank.account("bob").getNumber(), REFUSED),
				bank(ADMIN, (bank) -> bank.account("bob").getNumber(), "4711"),
				bean(Vault.class, USER, (vault) -> vault.account("bob").getNumber(), REFUSED),
				bean(Vault.class, ADMIN, (vault) -> vault.account("bob").getNumber(), "4711"),
				new Example(Plain.class, USER, (context) -> proxied(context).getNumber(), REFUSED),
				new Example(Plain.class, ADMIN, (context) -> proxied(context).getNumber(), "4711"));
	}

	private static Stream<Example> examplesOfSettings() {
		return Stream.of(
				// The hierarchy of roles
				bank(ADMIN, (bank) -> bank.all(new ArrayList<>(List.of("z"))), "[z]").with(Changed.class),
				admins(ADMIN, Admins::replaced, "replaced").with(Changed.class),
				bank(ADMIN, Bank::byTemplate, "by template").with(Changed.class),
				bank(USER, Bank::byTemplate, REFUSED).with(Changed.class),
				// Events and observations
				recorded(ADMIN, Bank::close, "[authorize method, granted]"),
				recorded(USER, Bank::close, "[authorize method, denied]"),
				recorded(ADMIN, (bank) -> bank.read("ann"), "[authorize method, granted]"),
				recorded(ADMIN, Bank::secured, "[authorize method, granted]"),
				recorded(ADMIN, Bank::rolesAllowed, "[authorize method, granted]"),
				// The prefix of roles
				bank(ADMIN, Bank::close, REFUSED).with(OtherRolePrefix.class),
				bank("ann GROUP_ADMIN", Bank::close, "closed").with(OtherRolePrefix.class),
				bank(ADMIN, Bank::rolesAllowed, REFUSED).with(OtherRolePrefix.class),
				bank("ann GROUP_ADMIN", Bank::rolesAllowed, "allowed").with(OtherRolePrefix.class),
				// What evaluates expressions, for a caller that the strategy names
				bank(NONE, Bank::close, "closed").with(OtherHandler.class),
				bank(NONE, Bank::secured, "secured").with(OtherHandler.class),
				bank(NONE, Bank::rolesAllowed, "allowed").with(OtherHandler.class),
				bank(NONE, (bank) -> bank.pay("ann"), "paid to ann").with(OtherHandler.class),
				bank(NONE, (bank) -> bank.pay("bob"), REFUSED).with(OtherHandler.class),
				bank(NONE, (bank) -> bank.read("ann"), "account of ann").with(OtherHandler.class),
				bank(NONE, (bank) -> bank.list("ann", "bob"), "[ann]").with(OtherHandler.class),
				// What makes the managers
				bank("ann FACTORY_ADMIN", Bank::close, "closed").with(OtherFactory.class),
				bank(ADMIN, Bank::close, REFUSED).with(OtherFactory.class));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void behavesAsIfTheApplicationHadSwitchedItOn(Example example) {
		assertThat(outcome(example, true)).as("switched on by the application").isEqualTo(example.outcome());
		assertThat(outcome(example, false)).as("left to the library").isEqualTo(example.outcome());
	}

	@Test
	void advisesOnceAndInTheOrderOfSpringSecurity() {
		assertThat(orders(true)).isEqualTo(orders(false))
			.containsExactly(AuthorizationInterceptorsOrder.PRE_FILTER.getOrder(),
					AuthorizationInterceptorsOrder.PRE_AUTHORIZE.getOrder(),
					AuthorizationInterceptorsOrder.SECURED.getOrder(), AuthorizationInterceptorsOrder.JSR250.getOrder(),
					AuthorizationInterceptorsOrder.SECURE_RESULT.getOrder(),
					AuthorizationInterceptorsOrder.POST_AUTHORIZE.getOrder(),
					AuthorizationInterceptorsOrder.POST_FILTER.getOrder());
	}

	private static List<Integer> orders(boolean byApplication) {
		Advised bank = (Advised) context(Plain.class, byApplication).getBean(Bank.class);
		return Arrays.stream(bank.getAdvisors())
			.filter(Ordered.class::isInstance)
			.map((advisor) -> ((Ordered) advisor).getOrder())
			.filter((order) -> order != Ordered.HIGHEST_PRECEDENCE)
			.toList();
	}

	private static String outcome(Example example, boolean byApplication) {
		ApplicationContext context = context(example.setting(), byApplication);
		if (!example.caller().isEmpty()) {
			String[] words = StringUtils.delimitedListToStringArray(example.caller(), " ");
			SecurityContextHolder.getContext()
				.setAuthentication(
						new TestingAuthenticationToken(words[0], "", Arrays.copyOfRange(words, 1, words.length)));
		}
		try {
			return String.valueOf(example.call().apply(context));
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName();
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	private static ConfigurableApplicationContext context(Class<?> setting, boolean byApplication) {
		return contexts.computeIfAbsent(setting.getName() + byApplication,
				(key) -> new SpringApplicationBuilder(setting)
					.sources(byApplication ? new Class<?>[] { SwitchedOn.class } : new Class<?>[0])
					.web(WebApplicationType.NONE)
					.run("--auth-starter.issuer=" + TestToken.ISSUER, "--auth-starter.audience=" + TestToken.AUDIENCE,
							"--auth-starter.authorities.role-prefix="
									+ ((setting == OtherRolePrefix.class) ? "GROUP_" : "ROLE_")));
	}

	@AfterAll
	static void stop() {
		contexts.values().forEach(ConfigurableApplicationContext::close);
		contexts.clear();
	}

	private static Account proxied(ApplicationContext context) {
		return Objects.requireNonNull(context.getBean(AuthorizationProxyFactory.class).proxy(new Account("bob")));
	}

	private static Example bank(String caller, Function<Bank, @Nullable Object> call, String outcome) {
		return bean(Bank.class, caller, call, outcome);
	}

	/** What is published and observed. */
	private static Example recorded(String caller, Consumer<Bank> call, String outcome) {
		return new Example(Changed.class, caller, (context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			recorder.take();
			try {
				call.accept(context.getBean(Bank.class));
			}
			catch (AuthorizationDeniedException ex) {
				// is recorded
			}
			return recorder.take();
		}, outcome);
	}

	/** There are two such beans. */
	private static Example admins(String caller, Function<Admins, @Nullable Object> call, String outcome) {
		return new Example(Plain.class, caller,
				(context) -> call.apply(context.getBean(Admins.class.getName(), Admins.class)), outcome);
	}

	private static <T> Example bean(Class<T> type, String caller, Function<T, @Nullable Object> call, String outcome) {
		return new Example(Plain.class, caller, (context) -> call.apply(context.getBean(type)), outcome);
	}

	/**
	 * One call.
	 *
	 * @param setting the application
	 * @param caller name and authorities
	 * @param outcome what is returned, or the name of the exception
	 */
	private record Example(Class<?> setting, String caller, Function<ApplicationContext, @Nullable Object> call,
			String outcome) {

		Example with(Class<?> other) {
			return new Example(other, this.caller, this.call, this.outcome);
		}

	}

}
