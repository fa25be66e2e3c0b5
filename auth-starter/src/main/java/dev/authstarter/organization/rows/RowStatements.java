package dev.authstarter.organization.rows;

import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.sql.SqmTranslator;
import org.hibernate.query.sqm.sql.StandardSqmTranslatorFactory;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.hibernate.query.sqm.tree.insert.SqmConflictClause;
import org.hibernate.query.sqm.tree.insert.SqmInsertStatement;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.sql.ast.tree.MutationStatement;

/**
 * Refuses statements of HQL and criteria that write rows of organizations where none
 * acts. Public, because Hibernate creates it by name.
 */
public final class RowStatements extends StandardSqmTranslatorFactory {

	/**
	 * Made by Hibernate.
	 */
	public RowStatements() {
	}

	@Override
	public SqmTranslator<? extends MutationStatement> createMutationTranslator(SqmDmlStatement<?> statement,
			QueryOptions options, DomainParameterXref parameters, QueryParameterBindings bindings,
			LoadQueryInfluencers influencers, SqlAstCreationContext context) {
		if (influencers.getSessionFactory()
			.getSessionFactoryOptions()
			.getCurrentTenantIdentifierResolver() instanceof OrganizationTenantResolver organization) {
			organization.check(statement.getTarget().getModel().getHibernateEntityName(), overwrites(statement),
					influencers);
		}
		return super.createMutationTranslator(statement, options, parameters, bindings, influencers, context);
	}

	private static boolean overwrites(SqmDmlStatement<?> statement) {
		SqmConflictClause<?> conflict = (statement instanceof SqmInsertStatement<?> insert) ? insert.getConflictClause()
				: null;
		return conflict != null && conflict.getConflictAction() != null;
	}

}
