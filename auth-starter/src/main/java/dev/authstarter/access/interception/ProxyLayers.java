package dev.authstarter.access.interception;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.authstarter.access.declaration.TypeHierarchy;
import org.aopalliance.aop.Advice;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;

/**
 * The proxies around an object, from the outside to the inside.
 *
 * @param list the proxies of which the target is known
 * @param innermost the class of the object, as far as it is known
 * @param known whether the object is always the same
 */
record ProxyLayers(List<Layer> list, Class<?> innermost, boolean known) {

	static ProxyLayers of(Object bean) {
		List<Layer> layers = new ArrayList<>();
		Object current = bean;
		Class<?> innermost = bean.getClass();
		while (current instanceof Advised proxy) {
			Class<?> target = proxy.getTargetClass();
			if (target != null) {
				layers.add(new Layer(proxy, target, AopUtils.isCglibProxy(current)));
				innermost = target;
			}
			current = AopProxyUtils.getSingletonTarget(current);
		}
		return new ProxyLayers(layers, innermost, current != null);
	}

	/** All types whose annotations apply. */
	List<Class<?>> types() {
		List<Class<?>> types = new ArrayList<>(this.list.stream().map(Layer::target).toList());
		types.add(this.innermost);
		return types;
	}

	/** The interfaces that proxies have and their targets do not. */
	List<Class<?>> introduced() {
		return this.list.stream()
			.flatMap((layer) -> Arrays.stream(layer.proxy().getProxiedInterfaces())
				.filter((type) -> !type.isAssignableFrom(layer.target())))
			.toList();
	}

	/**
	 * Whether a proxy with this advice intercepts every type that declares a rule for a
	 * type.
	 */
	boolean cover(Class<?> type, Class<? extends Advice> advice, Function<TypeHierarchy, List<Class<?>>> declaring) {
		Set<Class<?>> seen = new HashSet<>();
		this.list.stream()
			.filter(advisedBy(advice))
			.forEach((layer) -> seen.addAll(new TypeHierarchy(layer.target()).members()));
		return seen.containsAll(declaring.apply(new TypeHierarchy(type)));
	}

	private static Predicate<Layer> advisedBy(Class<? extends Advice> advice) {
		return (layer) -> Arrays.stream(layer.proxy().getAdvisors())
			.anyMatch((advisor) -> advice.isInstance(advisor.getAdvice()));
	}

	/**
	 * One proxy.
	 */
	record Layer(Advised proxy, Class<?> target, boolean byClass) {

	}

}
