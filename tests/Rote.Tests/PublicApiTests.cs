using PublicApiGenerator;
using Rote.Embeddings;
using Rote.Tests.Support;

namespace Rote.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_of_the_encoders_changes_only_on_purpose() =>
        Snapshot.Verify(
            typeof(OnnxEncoders).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n",
            "public-api-embeddings"
        );

    [Fact]
    public void The_public_api_changes_only_on_purpose() =>
        Snapshot.Verify(
            typeof(Flow).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n",
            "public-api"
        );
}
