package dev.authstarter.organization.rows;

import java.util.List;

import org.hibernate.Filter;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractPreDatabaseOperationEvent;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.event.spi.ReplicateEvent;
import org.hibernate.event.spi.ReplicateEventListener;
import org.hibernate.internal.FilterImpl;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;

/**
 * Refuses to write rows of organizations where none acts. Without a persistence context
 * Hibernate writes by primary key alone, so there the entity has to name the acting
 * organization.
 */
@SuppressWarnings({ "serial", "deprecation" }) // Replication is deprecated and still
												// there.
final class RowGuard implements MergeEventListener, PreInsertEventListener, PreUpdateEventListener,
		PreDeleteEventListener, PreUpsertEventListener, ReplicateEventListener {

	private final transient OwnedRows rows;

	RowGuard(OwnedRows rows) {
		this.rows = rows;
	}

	@Override
	public boolean onPreInsert(PreInsertEvent event) {
		check(event, "insert");
		return false;
	}

	@Override
	public boolean onPreUpdate(PreUpdateEvent event) {
		check(event, "update");
		checkOwner(event, "update");
		return false;
	}

	@Override
	public boolean onPreDelete(PreDeleteEvent event) {
		check(event, "delete");
		checkOwner(event, "delete");
		return false;
	}

	@Override
	public boolean onPreUpsert(PreUpsertEvent event) {
		check(event, "upsert");
		checkOwner(event, "upsert");
		return false;
	}

	/** Without the row, Hibernate would complain of another transaction. */
	@Override
	public void onMerge(MergeEvent event) {
		Object entity = event.getOriginal();
		if (entity != null && this.rows.hasNoOrganization(event.getSession())) {
			LazyInitializer proxy = HibernateProxy.extractLazyInitializer(entity);
			String name = (proxy != null) ? proxy.getEntityName()
					: event.getSession().getEntityPersister(event.getEntityName(), entity).getEntityName();
			if (this.rows.contain(name)) {
				throw RowRefusedException.withoutOrganization(name, "merge");
			}
		}
	}

	/** Replication writes by primary key and ignores the organization of the row. */
	@Override
	public void onReplicate(ReplicateEvent event) {
		String name = event.getSession().getEntityPersister(event.getEntityName(), event.getObject()).getEntityName();
		if (this.rows.contain(name)) {
			throw RowRefusedException.foreign(name, "replication");
		}
	}

	@Override
	public void onMerge(MergeEvent event, MergeContext copied) {
		onMerge(event);
	}

	/**
	 * Refuse a statement that writes rows of organizations where none acts, or of any
	 * organization.
	 * @param overwrites whether it is an insert that updates a row in its way
	 */
	void check(String entity, boolean overwrites, LoadQueryInfluencers session) {
		if (overwrites && this.rows.contain(entity)) {
			throw RowRefusedException.foreign(entity, "insert that overwrites on a conflict");
		}
		Filter filter = session.getEnabledFilter(OwnedRows.FILTER);
		if (filter instanceof FilterImpl enabled && this.rows.contain(entity)
				&& this.rows.isNone(enabled.getParameter(OwnedRows.PARAMETER))) {
			throw RowRefusedException.withoutOrganization(entity, "bulk statement");
		}
	}

	private void check(AbstractPreDatabaseOperationEvent event, String operation) {
		EntityPersister entity = event.getPersister();
		if (this.rows.contain(entity.getEntityName()) && this.rows.hasNoOrganization(event.getSession())) {
			throw RowRefusedException.withoutOrganization(entity.getEntityName(), operation);
		}
	}

	private void checkOwner(AbstractPreDatabaseOperationEvent event, String operation) {
		EntityPersister entity = event.getPersister();
		SharedSessionContractImplementor session = event.getSession();
		String attribute = this.rows.attribute(entity.getEntityName());
		if (attribute != null && session instanceof StatelessSession) {
			int index = List.of(entity.getPropertyNames()).indexOf(attribute);
			Object owner = entity.getValue(event.getEntity(), index);
			Object acting = session.getTenantIdentifierValue();
			// The owner is read from the table: the entity has the value that the caller
			// set.
			Object stored = entity.getDatabaseSnapshot(event.getId(), session);
			Object storedOwner = (stored instanceof Object[] row) ? row[index] : acting;
			if (!acting.equals(owner) || !acting.equals(storedOwner)) {
				throw RowRefusedException.foreign(entity.getEntityName(), operation);
			}
		}
	}

}
