package dev.authstarter.reactive.observation;

import java.util.function.Supplier;

import dev.authstarter.Refused;
import dev.authstarter.operations.Observed;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Observes the verification of tokens by this library's decoder on WebFlux, for every
 * filter chain, until the token is accepted or refused on whatever thread.
 */
final class ObservedReactiveDecoder implements ReactiveJwtDecoder {

	private final ReactiveJwtDecoder decoder;

	private final Supplier<ObservationRegistry> registry;

	ObservedReactiveDecoder(ReactiveJwtDecoder decoder, Supplier<ObservationRegistry> registry) {
		this.decoder = decoder;
		this.registry = registry;
	}

	/** Return the observation of the request, which Spring writes to the context. */
	static @Nullable Observation parent(ContextView context) {
		return context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
	}

	@Override
	public Mono<Jwt> decode(String token) {
		return Mono.deferContextual(
				(context) -> Mono.using(() -> Observed.AUTHENTICATE.beginUnscoped(this.registry.get(), parent(context)),
						(step) -> this.decoder.decode(token)
							.doOnNext((jwt) -> step.accepted())
							.doOnError((failure) -> end(step, failure)),
						Observed.Step::close));
	}

	private static void end(Observed.Step step, Throwable failure) {
		if (failure instanceof Refused refused) {
			step.refused(refused.refusal().reason().code());
		}
		else {
			step.failed(failure);
		}
	}

	/**
	 * Wraps this library's decoder, so that no check is needed on each request whether it
	 * is observed.
	 */
	static final class PostProcessor implements BeanPostProcessor {

		private static final String DECODER = "reactiveAccessTokenDecoder";

		private final Supplier<ObservationRegistry> registry;

		PostProcessor(Supplier<ObservationRegistry> registry) {
			this.registry = registry;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (beanName.equals(DECODER) && bean instanceof ReactiveJwtDecoder decoder)
					? new ObservedReactiveDecoder(decoder, this.registry) : bean;
		}

	}

}
