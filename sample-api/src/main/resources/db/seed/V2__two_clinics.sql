insert into appointment (id, organization_id, patient, starts_at, version) values
	('5f0c7a52-6d0e-4f6c-9f0c-0d9b1c1f3a01', 'org_acme', 'Ada Lovelace', '2035-12-10 09:00:00+00', 0),
	('5f0c7a52-6d0e-4f6c-9f0c-0d9b1c1f3a02', 'org_acme', 'Alan Turing', '2035-12-10 09:30:00+00', 0),
	('5f0c7a52-6d0e-4f6c-9f0c-0d9b1c1f3a03', 'org_globex', 'Grace Hopper', '2035-12-10 10:00:00+00', 0);
