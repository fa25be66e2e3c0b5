package dev.authstarter.operations;

import java.util.function.Supplier;

import dev.authstarter.Refused;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Observes how our decoder judges a token, whichever filter chain asks.
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
					step.refused(refused.refusal().reason());
				}
				else {
					step.failed(ex);
				}
				throw ex;
			}
		}
	}

	/**
	 * Puts it around our decoder, so that nothing has to ask on each request whether it
	 * is observed. Those of the application may be more than decoders.
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
