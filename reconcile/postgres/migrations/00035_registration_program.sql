-- +goose Up

-- Nothing asks for the registrations of a program: they are read by document or
-- by plan. The index was a third of what a new registration cost, and while the
-- table has no statistics the server took it for the look at one document,
-- which then went through all of the plan.
DROP INDEX registration_program;
