using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Tests.Engines;

public sealed class EngineDefinitionTests
{
    [Fact]
    public void Attributes_say_what_an_engine_is()
    {
        var definition = new EngineDefinitionBuilder(typeof(Declared)).Build();

        Assert.Equal("declared", definition.Id);
        Assert.Equal("Declared in full", definition.Name);
        Assert.Equal(3, definition.Slots);
        Assert.False(definition.FinishesByItself);
        Assert.NotEmpty(definition.Version);
        Assert.Equal(
            [new() { Name = "Control", Type = ChannelType.Json, Description = "What to do." }, new() { Name = "Photo", Type = ChannelType.Image, Optional = true }],
            definition.Inputs);
        Assert.Equal(["Clip", "Status"], definition.Outputs.Select(port => port.Name));
    }

    [Fact]
    public void A_fluent_definition_needs_no_attribute()
    {
        var definition = new EngineDefinitionBuilder(typeof(Bare))
            .WithId("fluent")
            .WithSlots(7)
            .WithInput("In", ChannelType.Video, optional: true)
            .WithOutput("Out", ChannelType.File, "What is left.")
            .Build();

        Assert.Equal("fluent", definition.Id);
        Assert.Equal("fluent", definition.Name);
        Assert.Equal(7, definition.Slots);
        Assert.True(definition.FinishesByItself);
        Assert.Equal([new() { Name = "In", Type = ChannelType.Video, Optional = true }], definition.Inputs);
        Assert.Equal(new() { Name = "Out", Type = ChannelType.File, Optional = true, Description = "What is left." }, definition.Outputs[0]);
    }

    [Fact]
    public void What_is_said_fluently_wins_over_attributes()
    {
        var definition = new EngineDefinitionBuilder(typeof(Declared)).WithId("other").WithName("Other").WithSlots(9).Build();

        Assert.Equal(("other", "Other", 9), (definition.Id, definition.Name, definition.Slots));
        Assert.Equal(2, definition.Inputs.Length);
    }

    [Fact]
    public void Every_engine_has_a_status_output_once()
    {
        var implicitly = new EngineDefinitionBuilder(typeof(Declared)).Build();
        var explicitly = new EngineDefinitionBuilder(typeof(Bare)).WithId("x").WithOutput("Status", ChannelType.Json, "Mine.").Build();
        var twice = new EngineDefinitionBuilder(typeof(Declared));
        twice.Build();

        Assert.Equal(ChannelType.Json, Assert.Single(implicitly.Outputs, port => port.Name == "Status").Type);
        Assert.Equal("Mine.", Assert.Single(explicitly.Outputs).Description);
        Assert.Single(twice.Build().Outputs, port => port.Name == "Status");
    }

    [Fact]
    public void An_input_and_an_output_may_share_a_name() =>
        Assert.Equal("Same", new EngineDefinitionBuilder(typeof(Bare)).WithId("x").WithInput("Same", ChannelType.Json).WithOutput("Same", ChannelType.Json).Build().Inputs[0].Name);

    [Fact]
    public void A_wrong_definition_names_the_class_and_every_fault()
    {
        var builder = new EngineDefinitionBuilder(typeof(Bare))
            .WithId("not an id!")
            .WithSlots(0)
            .WithInput("Twice", ChannelType.Json)
            .WithInput("Twice", ChannelType.Json)
            .WithInput(" ", ChannelType.Json)
            .WithInput(null!, ChannelType.Json)
            .WithOutput("Odd", (ChannelType)42)
            .WithOutput("Status", ChannelType.Image);

        var message = Assert.Throws<EngineDefinitionException>(builder.Build).Message;

        Assert.Contains(typeof(Bare).FullName!, message, StringComparison.Ordinal);
        Assert.Contains("'not an id!'", message, StringComparison.Ordinal);
        Assert.Contains("0 slots", message, StringComparison.Ordinal);
        Assert.Contains("input 'Twice' is declared 2 times", message, StringComparison.Ordinal);
        Assert.Contains("inputs has no name", message, StringComparison.Ordinal);
        Assert.Contains("output 'Odd' has the unknown type 42", message, StringComparison.Ordinal);
        Assert.Contains("Status is Image", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Bare), "no id")]
    [InlineData(typeof(Portless), "no ports")]
    [InlineData(typeof(Abstract), "abstract or generic")]
    [InlineData(typeof(Generic<>), "abstract or generic")]
    [InlineData(typeof(string), "does not implement IEngineGrain")]
    public void A_class_that_is_no_engine_is_refused(Type engine, string fault)
    {
        var message = Assert.Throws<EngineDefinitionException>(new EngineDefinitionBuilder(engine).Build).Message;

        Assert.Contains(engine.FullName!, message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_id_has_128_characters()
    {
        var builder = new EngineDefinitionBuilder(typeof(Declared));

        Assert.Equal(128, builder.WithId(new('x', 128)).Build().Id.Length);
        Assert.Throws<EngineDefinitionException>(builder.WithId(new('x', 129)).Build);
    }

    [Engine("declared", Name = "Declared in full", Slots = 3, FinishesByItself = false)]
    [Input("Control", ChannelType.Json, Description = "What to do.")]
    [Input("Photo", ChannelType.Image, Optional = true)]
    [Output("Clip", ChannelType.Video)]
    private sealed class Declared : Stub;

    private sealed class Bare : Stub;

    [Engine("portless")]
    private sealed class Portless : Stub;

    [Engine("abstract")]
    [Input("In", ChannelType.Json)]
    private abstract class Abstract : Stub;

    [Engine("generic")]
    [Input("In", ChannelType.Json)]
    private sealed class Generic<T> : Stub;

    private abstract class Stub : EngineGrain
    {
        protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
