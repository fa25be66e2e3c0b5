package dev.authstarter.access;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bean that is created after start-up and whose rule is not enforced is refused in
 * every call, not only in the first.
 */
class LateBeansTests {

	@ParameterizedTest
	@ValueSource(classes = { LazyBean.class, Prototype.class, LazyProduct.class, Replaced.class })
	void refusesEveryCall(Class<?> beans) {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, Caller.class, beans)
			.run("--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
					"--auth-starter.audience=" + TestToken.AUDIENCE)) {
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			String token = TestToken.validAt(TestApi.NOW).signed();
			for (int call = 1; call <= 3; call++) {
				assertThat(http.getWithToken("/call", token).statusCode()).as("call " + call).isEqualTo(500);
			}
		}
	}

	public interface Svc {

		String call();

	}

	public static class SvcImpl implements Svc {

		@Override
		@RequiresScope("secret")
		public String call() {
			return "REACHED";
		}

	}

	static Svc proxied() {
		return (Svc) new ProxyFactory(new SvcImpl()).getProxy(LateBeansTests.class.getClassLoader());
	}

	@RestController
	static class Caller {

		private final ObjectProvider<Svc> svc;

		Caller(ObjectProvider<Svc> svc) {
			this.svc = svc;
		}

		@GetMapping("/call")
		String call() {
			return this.svc.getObject().call();
		}

	}

	static class LazyBean {

		@Bean
		@Lazy
		Svc svc() {
			ProxyFactory frozen = new ProxyFactory(new SvcImpl());
			frozen.setFrozen(true);
			return (Svc) frozen.getProxy(LateBeansTests.class.getClassLoader());
		}

	}

	static class Prototype {

		@Bean
		@Scope("prototype")
		Svc svc() {
			ProxyFactory frozen = new ProxyFactory(new SvcImpl());
			frozen.setFrozen(true);
			return (Svc) frozen.getProxy(LateBeansTests.class.getClassLoader());
		}

	}

	/** As Spring Data's repositories are, where no singleton has them injected. */
	static class LazyProduct {

		@Bean
		static FactoryBean<Svc> svc() {
			return new FactoryBean<>() {
				@Override
				public Svc getObject() {
					ProxyFactory proxy = new ProxyFactory(new SvcImpl());
					proxy.setInterfaces(Svc.class);
					return (Svc) proxy.getProxy(LateBeansTests.class.getClassLoader());
				}

				@Override
				public Class<?> getObjectType() {
					return Svc.class;
				}
			};
		}

	}

	@Import(Replacer.class)
	static class Replaced {

		@Bean
		@Lazy
		Svc svc() {
			return new SvcImpl();
		}

	}

	/** Hides the bean behind a lambda before the proxies are made. */
	static class Replacer implements BeanPostProcessor, PriorityOrdered {

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public Object postProcessBeforeInitialization(Object bean, String name) {
			return (bean instanceof SvcImpl svc) ? (Svc) () -> svc.call() : bean;
		}

	}

}
