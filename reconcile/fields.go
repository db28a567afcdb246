package reconcile

// ColumnFields are the fields that a column of a list of people can be said to
// hold by whoever knows the list: those of a person and of a registration, and
// "ignored" for a column that is of no use.
func ColumnFields() []Field {
	return []Field{
		FieldOrdinal, FieldFullName, FieldFamilyName, FieldGivenName, FieldBirthDate, FieldSex, FieldEthnicity,
		FieldReligion, FieldHometown, FieldCitizenID, FieldPartyDate, FieldOfficialDate, FieldPartyMember,
		FieldPosition, FieldUnit, FieldEducation, FieldPoliticalTheory, FieldPhone, FieldEmail, FieldProgram,
		FieldForm, FieldPriority, FieldPlannedPosition, FieldNote,
		FieldEmployment, FieldRank, FieldRankSince, FieldRecruited, FieldMajor, FieldRating, FieldCommitment,
		FieldFirstPostgraduate, FieldDefenceGroup, FieldMinority, FieldReligiousRank,
		FieldIgnored,
	}
}
