using System.ComponentModel.DataAnnotations;
using BlueEdge.Callers;

namespace BlueEdge.Grains.Scheduling;

/// <summary>Weights of tenants: names that tenants can have, and 1 to 1,000.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WeightsInRangeAttribute : ValidationAttribute
{
    private const int Largest = 1_000;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var wrong = value is IEnumerable<KeyValuePair<string, int>> weights
            ? weights.Where(each => !Caller.IsTenant(each.Key) || each.Value is < 1 or > Largest).Select(each => each.Key).ToList()
            : [];
        return wrong.Count == 0
            ? ValidationResult.Success
            : new($"The weight of '{string.Join("', '", wrong)}' cannot be used: name a tenant, and 1 to {Largest}.", [validationContext.MemberName ?? ""]);
    }
}
