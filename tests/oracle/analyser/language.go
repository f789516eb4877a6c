// The dialect: which of GoogleSQL's features BigQuery has.
package main

import google "github.com/goccy/go-googlesql"

// Released features of GoogleSQL that BigQuery does not have, or has otherwise.
var absent = []google.LanguageFeature{
	google.LanguageFeatureFeatureArrayEquality,
	google.LanguageFeatureFeatureArrayOrdering,
	google.LanguageFeatureFeatureUnnestAndFlattenArrays,
	google.LanguageFeatureFeatureLateralColumnReferences,
	google.LanguageFeatureFeatureLateralJoin,
	google.LanguageFeatureFeatureLimitOffsetExpressions,
	google.LanguageFeatureFeatureMultiwayUnnest,
	google.LanguageFeatureFeatureArrayAggregationFunctions,
	google.LanguageFeatureFeatureArrayFindFunctions,
	google.LanguageFeatureFeatureArrayZip,
	google.LanguageFeatureFeaturePiFunctions,
	google.LanguageFeatureFeatureRadiansDegreesFunctions,
	google.LanguageFeatureFeatureJsonTypeComparison,
	google.LanguageFeatureFeatureMapType,
	google.LanguageFeatureFeatureUuidType,
	google.LanguageFeatureFeatureRowType,
	google.LanguageFeatureFeatureTimestampNanos,
	google.LanguageFeatureFeatureTimestampPicos,
	google.LanguageFeatureFeatureProtoBase,
	google.LanguageFeatureFeatureDisallowGroupByFloat,
}

// Features that BigQuery has and the release leaves off.
var present = []google.LanguageFeature{
	// `LIKE ANY UNNEST(array)` and `LIKE ANY (SELECT …)`.
	google.LanguageFeatureFeatureLikeAnySomeAllArray,
	google.LanguageFeatureFeatureLikeAnySomeAllSubquery,
	google.LanguageFeatureFeatureEnableEditDistanceBytes,
	// Texts with a collation, and COLLATE.
	google.LanguageFeatureFeatureAnnotationFramework,
	google.LanguageFeatureFeatureCollationSupport,
	// A JSON literal loses no digits, as PARSE_JSON says of itself.
	google.LanguageFeatureFeatureJsonStrictNumberParsing,
	// No FLOAT32.
	google.LanguageFeatureFeatureDisableFloat32,
}

func dialect() (*google.LanguageOptions, error) {
	options, err := google.NewLanguageOptionsMaximumFeatures()
	if err != nil {
		return nil, err
	}
	steps := []func() error{
		func() error { return options.SetProductMode(google.ProductModeProductExternal) },
		func() error { return options.SetNameResolutionMode(google.NameResolutionModeNameResolutionDefault) },
		func() error { return options.SetSupportsAllStatementKinds() },
		func() error { return options.EnableReservableKeyword("QUALIFY", true) },
	}
	for _, feature := range absent {
		steps = append(steps, func() error { return options.DisableLanguageFeature(feature) })
	}
	for _, feature := range present {
		steps = append(steps, func() error { return options.EnableLanguageFeature(feature) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return options, nil
}
