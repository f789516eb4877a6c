// Functions that BigQuery has and open GoogleSQL does not.
package main

import google "github.com/goccy/go-googlesql"

type signature struct {
	result    argument
	arguments []argument
}

// An argument has a fixed kind of type, or one that is bound by the call: any1, any2; or may be anything.
type argument struct {
	kind  google.TypeKind
	bound google.SignatureArgumentKind
}

var (
	anything = argument{bound: google.SignatureArgumentKindArgTypeArbitrary}
	any1     = argument{bound: google.SignatureArgumentKindArgTypeAny1}
	any2     = argument{bound: google.SignatureArgumentKindArgTypeAny2}
	text     = argument{kind: google.TypeKindTypeString}
	boolean  = argument{kind: google.TypeKindTypeBool}
)

var bigQueryFunctions = []struct {
	name       string
	mode       google.FunctionEnums_Mode
	signatures []signature
}{
	{"max_by", google.FunctionEnums_ModeAggregate, []signature{{any1, []argument{any1, any2}}}},
	{"min_by", google.FunctionEnums_ModeAggregate, []signature{{any1, []argument{any1, any2}}}},
	{"contains_substr", google.FunctionEnums_ModeScalar, []signature{{boolean, []argument{anything, text}}}},
	{"search", google.FunctionEnums_ModeScalar, []signature{{boolean, []argument{anything, text}}}},
}

func (j *judge) addBigQueryFunctions() error {
	for _, listed := range bigQueryFunctions {
		made := make([]*google.FunctionSignature, 0, len(listed.signatures))
		for _, written := range listed.signatures {
			one, err := j.signature(written)
			if err != nil {
				return err
			}
			made = append(made, one)
		}
		function, err := google.NewFunction2([]string{listed.name}, "bigquery", listed.mode, made)
		if err != nil {
			return err
		}
		if err := j.builtins.AddFunction2(listed.name, function); err != nil {
			return err
		}
	}
	return nil
}

func (j *judge) signature(written signature) (*google.FunctionSignature, error) {
	result, err := j.argument(written.result)
	if err != nil {
		return nil, err
	}
	arguments := make([]*google.FunctionArgumentType, 0, len(written.arguments))
	for _, one := range written.arguments {
		made, err := j.argument(one)
		if err != nil {
			return nil, err
		}
		arguments = append(arguments, made)
	}
	return google.NewFunctionSignature3(result, arguments, 0)
}

func (j *judge) argument(written argument) (*google.FunctionArgumentType, error) {
	if written.bound != 0 {
		return google.NewFunctionArgumentType4(written.bound, -1)
	}
	ty, err := j.types.MakeSimpleType(written.kind)
	if err != nil {
		return nil, err
	}
	return google.NewFunctionArgumentType3(ty, -1)
}
