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
 * Decides which {@link JwtDecoder} bean is asked where none is named. That is the
 * library's, or the test double that stands for it: one that the TestContext framework
 * puts beside the application's beans, or a bean of a {@code @TestConfiguration}. A
 * double that replaces a decoder of the application stands for that one.
 */
public final class DecoderChoice implements BeanDefinitionRegistryPostProcessor {

	/** The name of the library's decoder. */
	static final String OWN = "accessTokenDecoder";

	/** Is there only if a test overrides beans. */
	private static final String OVERRIDES = "org.springframework.test.context.bean.override.internalBeanOverrideRegistry";

	private static final String TEST_CONFIGURATION = "org.springframework.boot.test.context.TestConfiguration";

	private Set<String> declared = Set.of();

	/** Overrides of tests are registered later. */
	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		this.declared = Set.of(registry.getBeanDefinitionNames());
	}

	/**
	 * Make the choice.
	 * @param beans all definitions, with the overrides of tests
	 * @throws AccessRuleException if a decoder of the application claims to be the
	 * primary one
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
