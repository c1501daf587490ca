// The keys of STUDY.yaml that quality control asks for, review_steps and critical; for study_reader.cpp only.
#pragma once

#include "tmf/yaml_fields.hpp"

namespace dossier::tmf {

void read_quality_keys(YamlFields& study_map, const templates::TmfCatalogue& catalogue, Study& study);

} // namespace dossier::tmf
