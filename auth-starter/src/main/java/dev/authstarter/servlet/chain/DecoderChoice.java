package dev.authstarter.servlet.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.authstarter.configuration.AccessRuleException;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Chooses the primary {@link JwtDecoder} bean: the decoder of this library, or the test
 * double that replaces it. A double is a bean that the TestContext framework adds to the
 * beans of the application, or a bean of a {@code @TestConfiguration}. A double that
 * replaces a decoder of the application does not replace the decoder of this library.
 */
public final class DecoderChoice implements BeanDefinitionRegistryPostProcessor {

	/** The name of the decoder of this library. */
	static final String OWN = "accessTokenDecoder";

	/** Present only if a test overrides beans. */
	private static final String OVERRIDES = "org.springframework.test.context.bean.override.internalBeanOverrideRegistry";

	private static final String TEST_CONFIGURATION = "org.springframework.boot.test.context.TestConfiguration";

	private Set<String> declared = Set.of();

	/** Record the declared beans, before the overrides of tests are registered. */
	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		this.declared = Set.of(registry.getBeanDefinitionNames());
	}

	/**
	 * Choose the primary decoder.
	 * @param beans all bean definitions, including the overrides of tests
	 * @throws AccessRuleException if a decoder of the application is primary
	 */
	public void make(ConfigurableListableBeanFactory beans) {
		if (!beans.containsBeanDefinition(OWN)) {
			return;
		}
		List<BeanDefinition> doubles = new ArrayList<>();
		for (String name : beans.getBeanNamesForType(JwtDecoder.class, true, false)) {
			if (name.equals(OWN) || !beans.containsBeanDefinition(name)) {
				continue;
			}
			BeanDefinition definition = beans.getBeanDefinition(name);
			if (isDouble(name, definition, beans)) {
				doubles.add(definition);
			}
			else if (definition.isPrimary()) {
				throw new AccessRuleException(IgnoredBeans.DECODER.problem(name),
						"Remove @Primary from it. " + IgnoredBeans.DECODER.advice());
			}
		}
		if (doubles.size() == 1) {
			beans.getBeanDefinition(OWN).setPrimary(false);
			doubles.get(0).setPrimary(true);
		}
	}

	private boolean isDouble(String name, BeanDefinition definition, ConfigurableListableBeanFactory beans) {
		boolean added = beans.containsSingleton(OVERRIDES) && beans.containsSingleton(name)
				&& !this.declared.contains(name);
		return added || (definition instanceof AnnotatedBeanDefinition annotated
				&& annotated.getMetadata().hasAnnotation(TEST_CONFIGURATION));
	}

}
