package dev.authstarter.access;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import dev.authstarter.access.GuardedBeans.Place;
import dev.authstarter.access.GuardedBeans.Reads;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * A way to declare a bean.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum BeanKind {

	SINGLETON(GuardedBeans::classes, BeanKind::define),

	LAZY(GuardedBeans::classes, (context, bean) -> define(context, bean).setLazyInit(true)),

	PROTOTYPE(GuardedBeans::classes, (context, bean) -> define(context, bean).setScope(BeanDefinition.SCOPE_PROTOTYPE)),

	REQUEST_SCOPED(GuardedBeans::classes, (context, bean) -> {
		RootBeanDefinition target = new RootBeanDefinition(bean.type());
		target.setScope("request");
		BeanDefinitionHolder proxy = ScopedProxyUtils.createScopedProxy(new BeanDefinitionHolder(target, bean.name()),
				context, true);
		context.registerBeanDefinition(bean.name(), proxy.getBeanDefinition());
	}),

	FACTORY_BEAN(GuardedBeans::classes,
			(context, bean) -> context.registerBean(bean.name(), Maker.class,
					() -> new Maker(bean.type(), bean.type()))),

	FACTORY_BEAN_OF_UNKNOWN_TYPE(GuardedBeans::classes,
			(context, bean) -> context.registerBean(bean.name(), Maker.class, () -> new Maker(bean.type(), null))),

	RETURNED_AS_INTERFACE(GuardedBeans::classes,
			(context, bean) -> context.registerBean(bean.name(), Reads.class,
					() -> (Reads) BeanUtils.instantiateClass(bean.type()))),

	JDK_PROXY(GuardedBeans::classes, BeanKind::exposeInterface),

	FINAL_BEHIND_INTERFACE(GuardedBeans::finalClasses, BeanKind::exposeInterface),

	SPY(GuardedBeans::classes,
			(context, bean) -> context.registerBean(bean.name(), Reads.class,
					() -> (Reads) Mockito.spy(BeanUtils.instantiateClass(bean.type())))),

	CONFIGURATION(GuardedBeans::configurations, BeanKind::define),

	COMPILED_BY_KOTLIN(GuardedBeans::compiledByKotlin, BeanKind::define),

	REPOSITORY(GuardedBeans::repositories, (context, bean) -> {
	}),

	HTTP_CLIENT(GuardedBeans::clients, (context, bean) -> context.registerBean(bean.name(), Reads.class,
			() -> (Reads) clients().createClient(bean.type())));

	private final Supplier<Map<Place, Class<?>>> types;

	private final BiConsumer<GenericApplicationContext, Registered> register;

	BeanKind(Supplier<Map<Place, Class<?>>> types, BiConsumer<GenericApplicationContext, Registered> register) {
		this.types = types;
		this.register = register;
	}

	/** The bean of each place has the name of the place. */
	void register(GenericApplicationContext context) {
		this.types.get().forEach((place, type) -> this.register.accept(context, new Registered(name(place), type)));
	}

	String name(Place place) {
		return (this != REPOSITORY) ? place.name().toLowerCase(Locale.ROOT)
				: "guardedBeans." + Objects.requireNonNull(this.types.get().get(place)).getSimpleName();
	}

	private static BeanDefinition define(GenericApplicationContext context, Registered bean) {
		RootBeanDefinition definition = new RootBeanDefinition(bean.type());
		context.registerBeanDefinition(bean.name(), definition);
		return definition;
	}

	private static void exposeInterface(GenericApplicationContext context, Registered bean) {
		define(context, bean).setAttribute(AutoProxyUtils.EXPOSED_INTERFACES_ATTRIBUTE,
				AutoProxyUtils.ALL_INTERFACES_ATTRIBUTE_VALUE);
	}

	private static HttpServiceProxyFactory clients() {
		RestClient client = RestClient.builder()
			.baseUrl("http://localhost")
			.requestInterceptor((request, body,
					execution) -> new MockClientHttpResponse("read".getBytes(StandardCharsets.UTF_8), 200))
			.build();
		return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client)).build();
	}

	private record Registered(String name, Class<?> type) {

	}

	/** A factory that creates objects on request. */
	private record Maker(Class<?> made, @Nullable Class<?> objectType) implements FactoryBean<Object> {

		@Override
		public Object getObject() {
			return BeanUtils.instantiateClass(this.made);
		}

		@Override
		public @Nullable Class<?> getObjectType() {
			return this.objectType;
		}

	}

}
