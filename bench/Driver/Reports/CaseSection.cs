using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BlueEdge.Driver.Cases;

namespace BlueEdge.Driver.Reports;

/// <summary>A case's figures as a table and as lines of JSON.</summary>
internal sealed record CaseSection(ICase Case, IReadOnlyList<Figure> Figures, int Rounds, bool IsQuick, string Machine, IReadOnlyList<string> Notes)
{
    /// <summary>Nobody puts these lines into a page.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Print(TextWriter output)
    {
        WriteTable(output);
        foreach (var note in Notes)
        {
            output.WriteLine();
            output.WriteLine(note);
        }

        output.WriteLine();
        WriteJson(output);
    }

    /// <summary>The section of the file of results.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine($"## {Case.Name}");
        output.WriteLine();
        output.WriteLine(Case.Description);
        output.WriteLine();
        WriteTable(output);
        output.WriteLine();
        foreach (var note in Notes)
        {
            output.WriteLine(note);
            output.WriteLine();
        }

        output.WriteLine($"{(IsQuick ? "A quick run" : "A full run")}. {Machine}");
        output.WriteLine();
        output.WriteLine("```json");
        WriteJson(output);
        output.WriteLine("```");
    }

    private void WriteTable(TextWriter output)
    {
        output.WriteLine($"| {(Case.TakesTurns ? $"{Rounds} rounds in turns, medians" : "counted once")} | BlueEdge | Peer | Ratio | Goal | Reached | Spread |");
        output.WriteLine("|---|---:|---:|---:|---|---|---|");
        foreach (var figure in Figures)
        {
            var reached = figure.Goal is null ? "" : figure.Goal.IsReached(figure) ? "yes" : "no";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {figure.Name} | {Show(figure.Ours)} | {Show(figure.Peer)} | {Show(figure.Ratio)} | {figure.Goal} | {reached} | {Show(figure.Spread[0])} to {Show(figure.Spread[1])} |"));
        }
    }

    private void WriteJson(TextWriter output)
    {
        foreach (var figure in Figures)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new { Case = Case.Name, Figure = figure.Name, figure.Ours, figure.Peer, figure.Ratio, Goal = figure.Goal?.Value, figure.Spread }, Json));
        }
    }

    private static string Show(double? value) => value?.ToString(value < 10 ? "0.###" : "#,0.#", CultureInfo.InvariantCulture) ?? "";
}
