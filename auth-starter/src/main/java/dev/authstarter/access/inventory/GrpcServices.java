package dev.authstarter.access.inventory;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.Declaration;
import dev.authstarter.access.declaration.MethodName;
import dev.authstarter.access.declaration.TypeHierarchy;
import dev.authstarter.access.declaration.TypeName;
import dev.authstarter.access.declaration.Unenforceable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Methods of gRPC services. A rule on one is enforced by interception if the service is
 * bound through its proxy. Methods without a rule are not intercepted.
 */
final class GrpcServices implements EntryPoints {

	private static final String SERVICE = "io.grpc.BindableService";

	private static final String BIND = "bindService";

	private final BeanDeclarations beans;

	GrpcServices(BeanDeclarations beans) {
		this.beans = beans;
	}

	@Override
	public List<EntryPoint> find() {
		List<EntryPoint> found = new ArrayList<>();
		for (String name : this.beans.beansOf(SERVICE)) {
			Class<?> type = this.beans.type(name);
			if (type != null) {
				List<EntryPoint> calls = calls(type);
				boolean declared = BeanDeclarations.mentionsRule(type)
						|| calls.stream().anyMatch((call) -> !call.handler().undeclared());
				if (declared && !isBoundByProxy(name, type)) {
					throw Unenforceable.call(TypeName.of(type));
				}
				found.addAll(calls);
			}
		}
		return found;
	}

	/** A final method runs on the proxy, any other on the target. */
	private boolean isBoundByProxy(String name, Class<?> type) {
		Method bind = ReflectionUtils.findMethod(type, BIND);
		Object singleton = this.beans.beans().getSingleton(name);
		return bind != null && Modifier.isFinal(bind.getModifiers())
				&& (singleton == null || !AopUtils.isJdkDynamicProxy(singleton));
	}

	private List<EntryPoint> calls(Class<?> type) {
		TypeHierarchy family = new TypeHierarchy(type);
		List<EntryPoint> calls = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
			.filter((method) -> isCall(method, family))
			.map((method) -> call(MethodName.of(method, type), this.beans.of(method, type)))
			.toList();
		return calls.isEmpty() ? List.of(call(TypeName.of(type), Declaration.NONE)) : calls;
	}

	private static EntryPoint call(String name, Declaration declared) {
		return EntryPoint.of(Kind.CALL, name, declared, declared.rule() != Rule.NONE);
	}

	/** Generated code declares them, and the service overrides them. */
	private static boolean isCall(Method method, TypeHierarchy family) {
		int modifiers = method.getModifiers();
		return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !method.isSynthetic()
				&& method.getDeclaringClass() != Object.class && !method.getDeclaringClass().isInterface()
				&& !method.getName().equals(BIND) && family.declarations(method).size() > 1;
	}

}
