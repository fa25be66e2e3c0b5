package dev.authstarter.test.issuer;

import java.nio.file.Path;

import dev.authstarter.test.issuer.local.LocalIssuerProperties;
import dev.authstarter.test.issuer.local.Loopback;
import dev.authstarter.test.signing.ForgeKeys;
import dev.authstarter.test.signing.KeyFile;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts the issuer for local development before the beans of the application are
 * created, and stops it with the application.
 */
final class LocalIssuerServer implements BeanFactoryPostProcessor, DisposableBean {

	private static final int MAXIMUM_PORT = 65535;

	private final ConfigurableEnvironment environment;

	private @Nullable TestIssuer issuer;

	LocalIssuerServer(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory application) {
		LocalIssuerProperties properties = Binder.get(this.environment)
			.bindOrCreate("local-issuer", LocalIssuerProperties.class);
		ForgeKeys keys = keys(properties);
		TestIssuer started = start(properties.port());
		this.issuer = started;
		started.answerFirst(Loopback::refuse);
		started.publishAgain(keys.published());
		TrustSettings.apply(this.environment, started);
		application.registerSingleton("testIssuer", started);
		application.registerSingleton("forgeKeys", keys);
	}

	private static ForgeKeys keys(LocalIssuerProperties properties) {
		Path file = properties.keyFile();
		if (file == null) {
			return ForgeKeys.of(0);
		}
		if (properties.port() == null || properties.port() == 0) {
			throw new InvalidConfigurationPropertyValueException("local-issuer.key-file", file,
					"It needs 'local-issuer.port': tokens contain the port of their issuer, and a free port changes "
							+ "with each start-up.");
		}
		try {
			return KeyFile.open(file);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("local-issuer.key-file", file,
					String.valueOf(ex.getMessage()), ex);
		}
	}

	private static TestIssuer start(@Nullable Integer port) {
		if (port == null) {
			return TestIssuer.start();
		}
		if (port < 0 || port > MAXIMUM_PORT) {
			throw new InvalidConfigurationPropertyValueException("local-issuer.port", port,
					"It must be between 0 and %d.".formatted(MAXIMUM_PORT));
		}
		try {
			return TestIssuer.startOnPort(port);
		}
		catch (IllegalStateException ex) {
			throw new InvalidConfigurationPropertyValueException("local-issuer.port", port,
					"The port is in use already, perhaps by the application itself.", ex);
		}
	}

	@Override
	public void destroy() {
		if (this.issuer != null) {
			this.issuer.close();
		}
	}

}
