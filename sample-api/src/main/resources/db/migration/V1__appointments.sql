create table appointment (
	id uuid primary key,
	organization_id varchar(100) not null,
	patient varchar(100) not null,
	starts_at timestamp(6) with time zone not null,
	version bigint not null
);

-- Every query names the organization first, because Hibernate puts it there.
create index appointment_of_organization on appointment (organization_id, starts_at, id);
