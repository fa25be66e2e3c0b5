package dev.authstarter.operations;

import java.util.function.Supplier;

import dev.authstarter.Refused;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Observes the verification of tokens by this library's decoder, for every filter chain.
 */
final class ObservedDecoder implements JwtDecoder {

	private final JwtDecoder decoder;

	private final Supplier<ObservationRegistry> registry;

	ObservedDecoder(JwtDecoder decoder, Supplier<ObservationRegistry> registry) {
		this.decoder = decoder;
		this.registry = registry;
	}

	@Override
	public Jwt decode(String token) {
		try (Observed.Step step = Observed.AUTHENTICATE.begin(this.registry.get())) {
			try {
				Jwt jwt = this.decoder.decode(token);
				step.accepted();
				return jwt;
			}
			catch (RuntimeException ex) {
				if (ex instanceof Refused refused) {
					step.refused(refused.refusal().reason().code());
				}
				else {
					step.failed(ex);
				}
				throw ex;
			}
		}
	}

	/**
	 * Wraps this library's decoder, so that no check is needed on each request whether it
	 * is observed. Decoders of the application are not wrapped, since they may implement
	 * other types, too.
	 */
	static final class PostProcessor implements BeanPostProcessor {

		private static final String DECODER = "accessTokenDecoder";

		private final Supplier<ObservationRegistry> registry;

		PostProcessor(Supplier<ObservationRegistry> registry) {
			this.registry = registry;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (beanName.equals(DECODER) && bean instanceof JwtDecoder decoder)
					? new ObservedDecoder(decoder, this.registry) : bean;
		}

	}

}
