package dev.authstarter.entrypoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import dev.authstarter.RequiresScope;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/**
 * A service of gRPC as the generator for Java writes it, without its messages.
 */
final class Greeter {

	static final MethodDescriptor<String, String> GREET = MethodDescriptor.<String, String>newBuilder()
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("clinic.Greeter/Greet")
		.setRequestMarshaller(new Text())
		.setResponseMarshaller(new Text())
		.build();

	private Greeter() {
	}

	private static ServerServiceDefinition bind(AsyncService service) {
		return ServerServiceDefinition.builder("clinic.Greeter")
			.addMethod(GREET, ServerCalls.asyncUnaryCall(service::greet))
			.build();
	}

	/** What the service can do. */
	interface AsyncService {

		default void greet(String name, StreamObserver<String> answer) {
			ServerCalls.asyncUnimplementedUnaryCall(GREET, answer);
		}

	}

	/** The generated base class of services. */
	abstract static class GreeterImplBase implements BindableService, AsyncService {

		@Override
		public final ServerServiceDefinition bindService() {
			return bind(this);
		}

	}

	/** Has no rule. */
	static class Silent extends GreeterImplBase {

		@Override
		public void greet(String name, StreamObserver<String> answer) {
			answer.onNext("hello " + name);
			answer.onCompleted();
		}

	}

	/** Has a rule. */
	static class Declared extends GreeterImplBase {

		@Override
		@RequiresScope("greet")
		public void greet(String name, StreamObserver<String> answer) {
			answer.onNext("hello " + name);
			answer.onCompleted();
		}

	}

	/** Has a rule that is not enforced: gRPC calls the object behind the proxy. */
	static class BoundByHand implements BindableService, AsyncService {

		@Override
		@RequiresScope("greet")
		public void greet(String name, StreamObserver<String> answer) {
			answer.onNext("hello " + name);
			answer.onCompleted();
		}

		@Override
		public ServerServiceDefinition bindService() {
			return bind(this);
		}

	}

	/** Text as it is. */
	private static final class Text implements MethodDescriptor.Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try (stream) {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
