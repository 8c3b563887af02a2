using System.CommandLine;
using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;
using BlueEdge.Tool.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Engines;

/// <summary><c>engines</c>: what engines there are, and how busy; makes one known before it runs.</summary>
internal static class EnginesCommand
{
    private static readonly Argument<string?> Id = new("ENGINE") { Description = "One engine, with its ports; all unless given.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Register = new("--register")
    {
        Description = "Makes ENGINE known by this definition, so that sessions for it are accepted before an instance runs: the JSON that 'engines ENGINE -o json' writes; - reads stdin.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Forget = new("--forget") { Description = "Has ENGINE forgotten, where no instance runs and no session waits for it." };

    public static Command Create() => new Command("engines", "Lists the engines, or describes one, or makes one known before it runs.") { Id, Register, Forget }.Does(RunAsync);

    private static Task<int> RunAsync(ToolCall call)
    {
        var (definition, isForgotten) = (call.Get(Register), call.Get(Forget));
        return definition is null && !isForgotten ? ListAsync(call)
            : definition is not null && isForgotten ? throw ToolException.Usage("An engine cannot be registered and forgotten at once.")
            : call.Find(Id) is not { } id ? throw ToolException.Usage("ENGINE is wanted: which engine to register or to forget.")
            : definition is not null ? RegisterAsync(call, id, definition)
            : ForgetAsync(call, id);
    }

    private static async Task<int> RegisterAsync(ToolCall call, string id, string file)
    {
        var engine = await call.Api.PutEngineAsync(id, await InputFile.ReadAsync(file, call.Token), call.Token);
        if (call.Printer.IsTable)
        {
            Notes.Say($"Engine {id} is known, with {Read(engine).Slots} slots an instance: sessions for it are accepted, and wait for one.");
        }
        else
        {
            call.Printer.WriteJson(engine);
        }

        return ExitCodes.Finished;
    }

    private static async Task<int> ForgetAsync(ToolCall call, string id)
    {
        await call.Api.DeleteEngineAsync(id, call.Token);
        Notes.Say($"Engine {id} is forgotten.");
        return ExitCodes.Finished;
    }

    private static async Task<int> ListAsync(ToolCall call)
    {
        List<JsonElement> all = [.. (await call.Api.ListEnginesAsync(call.Token)).EnumerateArray()];
        if (call.Find(Id) is not { } id)
        {
            WriteAll(call.Printer, all);
            return ExitCodes.Finished;
        }

        var found = all.FindIndex(engine => string.Equals(engine.GetProperty("id").GetString(), id, StringComparison.Ordinal));
        if (found < 0)
        {
            throw new ToolException(ExitCodes.NotFound, $"There is no engine '{id}'; 'blueedge engines' lists those there are.");
        }

        if (call.Printer.IsTable)
        {
            WriteOne(Read(all[found]));
        }
        else
        {
            call.Printer.WriteJson(all[found]);
        }

        return ExitCodes.Finished;
    }

    private static EngineInfo Read(JsonElement engine) => engine.Deserialize(ApiJson.Default.EngineInfo) ?? new();

    private static void WriteAll(Printer printer, List<JsonElement> all)
    {
        switch (printer.Format)
        {
            case OutputFormat.Table:
                Printer.WriteTable(
                    ["ENGINE", "VERSION", "INSTANCES", "FREE", "WORKING", "WAITING", "INPUTS", "OUTPUTS"],
                    all.Select(Read).Select(engine => (IRenderable[])
                        [
                            new Text(engine.Id),
                            new Text(engine.Version),
                            new Text($"{engine.Instances.Count}"),
                            new Text($"{engine.Instances.Sum(instance => instance.Free)}"),
                            new Text($"{engine.Working}"),
                            new Text($"{engine.Waiting}"),
                            new Text(Names(engine.Inputs)),
                            new Text(Names(engine.Outputs)),
                        ]));
                break;
            case OutputFormat.JsonLines:
                all.ForEach(printer.WriteJson);
                break;
            default:
                printer.WriteJson(json => JsonSerializer.Serialize(json, all, ApiJson.Default.ListJsonElement));
                break;
        }
    }

    private static void WriteOne(EngineInfo engine)
    {
        Printer.WriteFacts(
            [
                ("engine", new Text(engine.Id)),
                ("version", new Text(engine.Version)),
                ("slots", new Text($"{engine.Slots} an instance; {engine.Working} nodes work, {engine.Waiting} wait")),
            ]);
        Printer.WriteText("");
        Printer.WriteTable(
            ["PORT", "NAME", "TYPE", "WHAT"],
            [.. engine.Inputs.Select(port => Row("in", port)), .. engine.Outputs.Select(port => Row("out", port))]);
        Printer.WriteText("");
        Printer.WriteTable(
            ["INSTANCE", "HOST", "STATUS", "BUSY", "FREE"],
            engine.Instances.Select(instance => (IRenderable[])
                [new Text(instance.Instance), new Text(instance.Host), Cells.Status(instance.Status), new Text($"{instance.Busy}"), new Text($"{instance.Free}")]));
    }

    private static IRenderable[] Row(string side, PortInfo port) =>
        [new Text(side), new Text(port.Name), new Text(port.Type + (port.Optional ? ", optional" : "")), new Text(port.Description ?? "")];

    private static string Names(IEnumerable<PortInfo> ports) =>
        string.Join(',', ports.Select(port => $"{port.Name}:{port.Type}{(port.Optional ? "?" : "")}"));
}
