// A stand-in for a Terraform provider: it has the schema of the real one, which it reads from `schema.json` beside its program, but
// reaches no service. What is unknown until it is applied is unknown in plans, and made up when it is applied or read.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// provider answers what `init`, `validate`, `plan`, `apply`, `destroy` and `test` ask; anything else is a nil pointer and crashes.
type provider struct {
	tfprotov6.ProviderServer
	schemas schemas
	region  string
}

type schemas struct {
	Provider  schema            `json:"provider"`
	Resources map[string]schema `json:"resource_schemas"`
	Data      map[string]schema `json:"data_source_schemas"`
	Ephemeral map[string]schema `json:"ephemeral_resource_schemas"`
}

func main() {
	program, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(filepath.Dir(program), "schema.json"))
	if err != nil {
		log.Fatal(err)
	}
	p := &provider{region: "eu-central-1"}
	if err := json.Unmarshal(file, &p.schemas); err != nil {
		log.Fatal(err)
	}
	serve := func() tfprotov6.ProviderServer { return p }
	if err := tf6server.Serve("registry.terraform.io/hashicorp/stand-in", serve); err != nil {
		log.Fatal(err)
	}
}

func (p *provider) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	metadata := &tfprotov6.GetMetadataResponse{ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true}}
	for name := range p.schemas.Resources {
		metadata.Resources = append(metadata.Resources, tfprotov6.ResourceMetadata{TypeName: name})
	}
	for name := range p.schemas.Data {
		metadata.DataSources = append(metadata.DataSources, tfprotov6.DataSourceMetadata{TypeName: name})
	}
	for name := range p.schemas.Ephemeral {
		metadata.EphemeralResources = append(metadata.EphemeralResources, tfprotov6.EphemeralResourceMetadata{TypeName: name})
	}
	return metadata, nil
}

func (p *provider) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		Provider:                 p.schemas.Provider.wire(),
		ResourceSchemas:          wires(p.schemas.Resources),
		DataSourceSchemas:        wires(p.schemas.Data),
		EphemeralResourceSchemas: wires(p.schemas.Ephemeral),
	}, nil
}

func (p *provider) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (p *provider) ValidateProviderConfig(_ context.Context, r *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: r.Config}, nil
}

func (p *provider) ConfigureProvider(_ context.Context, r *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	config, err := r.Config.Unmarshal(p.schemas.Provider.wire().ValueType())
	if err != nil {
		return nil, err
	}
	if region, ok := text(fields(config)["region"]); ok {
		p.region = region
	}
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (p *provider) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (p *provider) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (p *provider) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (p *provider) ValidateEphemeralResourceConfig(context.Context, *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return &tfprotov6.ValidateEphemeralResourceConfigResponse{}, nil
}

func (p *provider) UpgradeResourceState(_ context.Context, r *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	kind := p.schemas.Resources[r.TypeName].wire().ValueType()
	state, err := r.RawState.Unmarshal(kind)
	if err != nil {
		return nil, err
	}
	upgraded, err := tfprotov6.NewDynamicValue(kind, state)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &upgraded}, err
}

func (p *provider) ReadResource(_ context.Context, r *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: r.CurrentState}, nil
}

func (p *provider) PlanResourceChange(_ context.Context, r *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	schema := p.schemas.Resources[r.TypeName].wire()
	kind := schema.ValueType()
	proposed, err := r.ProposedNewState.Unmarshal(kind)
	if err != nil {
		return nil, err
	}
	prior, err := r.PriorState.Unmarshal(kind)
	if err != nil {
		return nil, err
	}
	if proposed.IsNull() || proposed.Equal(prior) {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: r.ProposedNewState}, nil
	}
	planned, err := tfprotov6.NewDynamicValue(kind, walk(schema.Block, proposed, planning))
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: &planned}, err
}

func (p *provider) ApplyResourceChange(_ context.Context, r *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	schema := p.schemas.Resources[r.TypeName].wire()
	state, err := p.made(schema, r.TypeName, r.PlannedState, false)
	return &tfprotov6.ApplyResourceChangeResponse{NewState: state}, err
}

func (p *provider) ReadDataSource(_ context.Context, r *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	state, err := p.made(p.schemas.Data[r.TypeName].wire(), r.TypeName, r.Config, true)
	return &tfprotov6.ReadDataSourceResponse{State: state}, err
}

func (p *provider) OpenEphemeralResource(_ context.Context, r *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	result, err := p.made(p.schemas.Ephemeral[r.TypeName].wire(), r.TypeName, r.Config, true)
	return &tfprotov6.OpenEphemeralResourceResponse{Result: result}, err
}

func (p *provider) CloseEphemeralResource(context.Context, *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return &tfprotov6.CloseEphemeralResourceResponse{}, nil
}

// made is the value with all that a real provider would have filled in: unknowns, and what is computed and null if it is read.
func (p *provider) made(schema *tfprotov6.Schema, name string, from *tfprotov6.DynamicValue, isRead bool) (*tfprotov6.DynamicValue, error) {
	kind := schema.ValueType()
	value, err := from.Unmarshal(kind)
	if err != nil {
		return nil, err
	}
	region, ok := text(fields(value)["region"])
	if !ok {
		region = p.region
	}
	maker := invention{resource: name, seed: string(from.MsgPack), region: region}
	filled, err := tfprotov6.NewDynamicValue(kind, walk(schema.Block, value, maker.fill(isRead)))
	return &filled, err
}

func fields(value tftypes.Value) map[string]tftypes.Value {
	all := map[string]tftypes.Value{}
	if value.IsKnown() && !value.IsNull() {
		if err := value.As(&all); err != nil {
			return nil
		}
	}
	return all
}

func text(value tftypes.Value) (string, bool) {
	var s string
	if value.Type() == nil || !value.IsKnown() || value.IsNull() || value.As(&s) != nil {
		return "", false
	}
	return s, true
}
